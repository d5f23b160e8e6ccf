package dev.sluice.audit.event;

import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.SourceRange;
import dev.sluice.sinks.TableCommit;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Records a part of a batch that is too wide for one leaf. The {@link BatchRecorded} leaf of the batch follows the
 * parts.
 *
 * @param at time of recording
 * @param batch the batch
 * @param part number of the part, from 1
 * @param ranges source ranges of this part
 * @param tables table commits of this part
 */
public record BatchContinued(Instant at, BatchId batch, int part, List<SourceRange> ranges, List<TableCommit> tables)
        implements LedgerEvent {
    static final String TYPE = "batch-part";

    public BatchContinued {
        at = LedgerEvent.time(at);
        ranges = List.copyOf(ranges);
        tables = List.copyOf(tables);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, Object> body() {
        return Map.of(
                "batch", ReceiptBody.batch(batch),
                "part", part,
                "ranges", ReceiptBody.ranges(ranges),
                "tables", ReceiptBody.tables(tables));
    }

    static BatchContinued read(Instant at, Fields fields) {
        return new BatchContinued(
                at,
                ReceiptBody.readBatch(fields),
                fields.count("part"),
                ReceiptBody.readRanges(fields),
                ReceiptBody.readTables(fields));
    }
}
