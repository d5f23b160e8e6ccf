package dev.sluice.deploy.ask;

import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.TableCommit;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** Adds up the batches of one run and tells a person about all of them in one line. Safe for use by many threads. */
public final class RunTotals {

    private final Set<String> tables = new TreeSet<>();
    private final Instant began;
    private Counts counts = Counts.NONE;

    /** Nothing yet, of a run that began then. */
    public RunTotals(Instant began) {
        this.began = began;
    }

    /** Adds a batch that is recorded. */
    public synchronized void add(Receipt receipt) {
        counts = counts.plus(receipt.counts());
        receipt.tables().stream()
                .filter(table -> table.counts().applied() > 0)
                .map(TableCommit::dataset)
                .forEach(tables::add);
    }

    /**
     * The line.
     *
     * @param held datasets that are held
     * @param end when the run is done
     */
    public synchronized String text(int held, Instant end) {
        return "Done: tables " + tables.size() + ", rows " + counts.applied() + ", dead letters "
                + counts.deadLettered() + ", held " + held + ", time "
                + Duration.between(began, end).toSeconds() + " s.";
    }
}
