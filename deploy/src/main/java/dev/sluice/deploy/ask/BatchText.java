package dev.sluice.deploy.ask;

import dev.sluice.audit.ledger.Audited;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Receipt;
import java.util.StringJoiner;

/** Tells a person about a recorded batch in one line. */
public final class BatchText {

    private BatchText() {}

    /** The line of that batch. */
    public static String of(Audited audited) {
        Receipt receipt = audited.receipt();
        Counts counts = receipt.counts();
        StringJoiner line = new StringJoiner("  ", "batch " + receipt.batch().number() + ":  ", "");
        line.add(counts.in() + " in");
        line.add(counts.applied() + " applied");
        addUnlessNone(line, counts.duplicate(), "duplicate");
        addUnlessNone(line, counts.filtered(), "filtered");
        addUnlessNone(line, counts.suppressed(), "suppressed");
        addUnlessNone(line, counts.deadLettered(), "to the dead letters");
        addUnlessNone(line, counts.parked(), "parked");
        line.add(receipt.tables().size() + " tables");
        line.add("leaf " + audited.leaf());
        return line.toString();
    }

    private static void addUnlessNone(StringJoiner line, long count, String what) {
        if (count > 0) {
            line.add(count + " " + what);
        }
    }
}
