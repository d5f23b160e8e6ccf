package dev.sluice.cdc.capture.epoch;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says which epochs a capture writes and what its predecessors left behind. Stored as JSON in {@code epoch.json} of the
 * state folder; the file outlives the state of a capture. Without the file the epoch is 0.
 *
 * @param version version of this format
 * @param epoch number of the epoch that began when the tables were read last
 * @param placeholders texts that stood for values which the log did not hold, of all epochs before; records of those
 *     epochs may still wait in dead letters
 * @param tables epoch of each table that had a snapshot of its own since, by name
 */
public record CaptureEpoch(int version, long epoch, List<String> placeholders, Map<String, Long> tables) {

    /** The version that this release writes. */
    public static final int VERSION = 2;

    public CaptureEpoch {
        placeholders = List.copyOf(placeholders);
        tables = Map.copyOf(tables);
    }

    /**
     * The epochs of the capture that keeps its state in that folder.
     *
     * @throws CaptureException {@code CDC-057} when the file cannot be read
     */
    public static CaptureEpoch of(Path folder) {
        return file(folder).read().orElseGet(() -> new CaptureEpoch(VERSION, 0, List.of(), Map.of()));
    }

    /** The highest epoch in use. */
    public long last() {
        return Math.max(
                epoch, tables.values().stream().mapToLong(Long::longValue).max().orElse(0));
    }

    /** The epoch of that table. */
    public long of(TableName table) {
        return tables.getOrDefault(table.toString(), epoch);
    }

    /** The epoch after all of these, whose predecessors used that placeholder as well, where it is known. */
    public CaptureEpoch next(Optional<String> placeholder) {
        List<String> all = new ArrayList<>(placeholders);
        placeholder.ifPresent(all::add);
        return new CaptureEpoch(VERSION, last() + 1, all, Map.of());
    }

    /** The same with that epoch for one table. */
    public CaptureEpoch with(TableName table, long epochOfTable) {
        Map<String, Long> more = new HashMap<>(tables);
        more.put(table.toString(), epochOfTable);
        return new CaptureEpoch(VERSION, epoch, placeholders, more);
    }

    /**
     * Stores the epochs in that folder, whole and durably.
     *
     * @throws CaptureException {@code CDC-057} when the file cannot be written
     */
    public void store(Path folder) {
        file(folder).replace(this);
    }

    private static EpochFile<CaptureEpoch> file(Path folder) {
        return new EpochFile<>(folder.resolve("epoch.json"), CaptureEpoch.class, CaptureEpoch::version, VERSION);
    }
}
