package dev.sluice.audit.event;

import dev.sluice.audit.LedgerErrors;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import dev.sluice.sinks.TableCommit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns a receipt into the members of an event, and reads it back. The names of the members are part of the format. */
final class ReceiptBody {
    private ReceiptBody() {}

    static Map<String, Object> of(Receipt receipt) {
        Map<String, Object> body = new TreeMap<>();
        body.put("batch", batch(receipt.batch()));
        body.put("ranges", ranges(receipt.ranges()));
        body.put("counts", counts(receipt.counts()));
        body.put("seen", seen(receipt.seen()));
        body.put("tables", tables(receipt.tables()));
        Receipt.DeadLetterCommit letters = receipt.deadLetters();
        if (letters != null) {
            body.put(
                    "deadLetters",
                    Map.of("path", letters.path(), "tableVersion", letters.version(), "count", letters.count()));
        }
        return body;
    }

    static Receipt read(Fields fields) {
        Counts counts = readCounts(fields);
        Optional<Receipt.DeadLetterCommit> letters = fields.optionalObject(
                "deadLetters",
                d -> new Receipt.DeadLetterCommit(d.text("path"), d.number("tableVersion"), d.number("count")));
        if (letters.map(Receipt.DeadLetterCommit::count).orElse(0L) != counts.deadLettered()) {
            throw fields.refused("the number of dead letters differs from the count of dead letters");
        }
        return new Receipt(
                readBatch(fields),
                readRanges(fields),
                counts,
                readSeen(fields),
                readTables(fields),
                letters.orElse(null));
    }

    static Map<String, Object> batch(BatchId batch) {
        return Map.of("generation", batch.generation(), "number", batch.number());
    }

    static BatchId readBatch(Fields fields) {
        try {
            return fields.object("batch", batch -> new BatchId(batch.text("generation"), batch.number("number")));
        } catch (IllegalArgumentException notABatch) {
            throw fields.refused("the member batch does not name a batch", notABatch);
        }
    }

    static List<Map<String, Object>> ranges(List<SourceRange> ranges) {
        return ranges.stream()
                .map(r -> Map.<String, Object>of(
                        "topic", r.source().topic(),
                        "topicId", r.source().topicId(),
                        "partition", r.source().partition(),
                        "from", r.from(),
                        "until", r.until()))
                .toList();
    }

    static List<SourceRange> readRanges(Fields fields) {
        return fields.objects("ranges", ReceiptBody::readRange);
    }

    private static SourceRange readRange(Fields range) {
        SourcePartition source =
                new SourcePartition(range.text("topic"), range.text("topicId"), range.count("partition"));
        return new SourceRange(source, range.number("from"), range.number("until"));
    }

    static List<Map<String, Object>> tables(List<TableCommit> tables) {
        return tables.stream()
                .map(t -> Map.<String, Object>of(
                        "dataset", t.dataset(),
                        "path", t.path(),
                        "tableVersion", t.version(),
                        "counts", counts(t.counts()),
                        "plans", t.planIds()))
                .toList();
    }

    static List<TableCommit> readTables(Fields fields) {
        return fields.objects(
                "tables",
                t -> new TableCommit(
                        t.text("dataset"), t.text("path"), t.number("tableVersion"), readCounts(t), t.texts("plans")));
    }

    private static Map<String, Object> seen(Receipt.Seen seen) {
        Map<String, Object> body = new TreeMap<>();
        body.put("events", seen.events());
        body.put("transactions", seen.transactions());
        String first = seen.firstPosition();
        String last = seen.lastPosition();
        if (first != null && last != null) {
            body.put("firstPosition", first);
            body.put("lastPosition", last);
        }
        String accounted = seen.accounted();
        if (accounted != null) {
            body.put("accounted", accounted);
        }
        return body;
    }

    private static Receipt.Seen readSeen(Fields fields) {
        return fields.object(
                "seen",
                seen -> new Receipt.Seen(
                        seen.number("events"),
                        seen.number("transactions"),
                        seen.optionalText("firstPosition").orElse(null),
                        seen.optionalText("lastPosition").orElse(null),
                        seen.optionalText("accounted").orElse(null)));
    }

    private static Map<String, Object> counts(Counts counts) {
        return Map.of(
                "in", counts.in(),
                "applied", counts.applied(),
                "duplicate", counts.duplicate(),
                "filtered", counts.filtered(),
                "suppressed", counts.suppressed(),
                "deadLettered", counts.deadLettered(),
                "parked", counts.parked());
    }

    /** Reads counts and checks their sum, so that a ledger of another writer is refused with the place of the fault. */
    private static Counts readCounts(Fields fields) {
        return fields.object("counts", ReceiptBody::sum);
    }

    private static Counts sum(Fields counts) {
        long in = counts.number("in");
        long[] parts = {
            counts.number("applied"),
            counts.number("duplicate"),
            counts.number("filtered"),
            counts.number("suppressed"),
            counts.number("deadLettered"),
            counts.number("parked")
        };
        long sum = 0;
        for (long part : parts) {
            if (part < 0) {
                throw counts.refused("a count is negative");
            }
            sum += part;
        }
        if (in != sum) {
            throw LedgerErrors.unaccounted(counts.where(), in, sum);
        }
        return new Counts(in, parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
    }
}
