package dev.sluice.audit.tile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Recomputes a log from its entries and compares every file below {@code tile} and the root with the result. Reads each
 * file once and writes nothing. Not thread-safe; one object serves one run.
 */
public final class TreeCheck {
    private final TileReader log;
    private final Visitor visitor;
    private final Edge edge = new Edge();
    private final NavigableSet<String> unseen;
    private final List<TileFault> faults = new ArrayList<>();
    private final Set<Long> sizes;
    private final Map<Long, Hash> roots = new TreeMap<>();

    private TreeCheck(TileReader log, Visitor visitor, List<Long> sizes) {
        this.log = log;
        this.visitor = visitor;
        this.unseen = log.files().list();
        this.sizes = Set.copyOf(sizes);
    }

    /** Receives every entry of a log, in order. */
    @FunctionalInterface
    public interface Visitor {
        void entry(long index, byte[] entry);
    }

    /**
     * Describes a file that differs from what the entries give.
     *
     * @param path file below the folder of the log
     * @param what what is wrong with the file, as a sentence
     */
    public record TileFault(String path, String what) {

        @Override
        public String toString() {
            return path + ": " + what;
        }
    }

    /**
     * Holds what a run computed and found.
     *
     * @param faults empty when all files and the root are right
     * @param root the recomputed root
     * @param size number of leaves that could be read
     * @param ahead files that go beyond the checkpoint; a running or killed writer left them
     * @param roots the recomputed roots at the sizes that the caller asked for
     */
    public record TreeResult(List<TileFault> faults, Hash root, long size, List<String> ahead, Map<Long, Hash> roots) {
        public TreeResult {
            faults = List.copyOf(faults);
            ahead = List.copyOf(ahead);
            roots = Map.copyOf(roots);
        }
    }

    /**
     * Recomputes a log. Faults of the files are part of the result.
     *
     * @param log the log under the checkpoint to check
     * @param visitor receives the entries; an exception of the visitor ends the run
     * @param sizes smaller sizes at which the root is computed too, for comparison with earlier heads
     * @throws dev.sluice.audit.LedgerException AUD-001 when a file cannot be read
     */
    public static TreeResult run(TileReader log, Visitor visitor, List<Long> sizes) {
        return new TreeCheck(log, visitor, sizes).run();
    }

    private TreeResult run() {
        long size = log.head().size();
        noteRoot();
        for (long index = 0; index * TilePath.FULL < size; index++) {
            if (!bundle(TilePath.in(size, TilePath.ENTRIES, index).orElseThrow())) {
                break;
            }
        }
        if (edge.size() == size) {
            for (int level = 0; level < edge.height(); level++) {
                partialTile(level, size);
            }
            if (!edge.root().equals(log.head().root())) {
                faults.add(new TileFault(TileReader.CHECKPOINT, "The root is not the root of the entries."));
            }
        }
        return new TreeResult(faults, edge.root(), edge.size(), ahead(size), roots);
    }

    private boolean bundle(TilePath tile) {
        Optional<List<byte[]>> read = log.read(tile).flatMap(Bundle::entries);
        if (read.isEmpty() || read.get().size() < tile.width()) {
            faults.add(new TileFault(tile.path(), "Entries are missing or cut off."));
            return false;
        }
        List<byte[]> entries = read.get().subList(0, tile.width());
        compare(tile, Bundle.ofEntries(entries), at -> Bundle.ofEntries(entries.subList(0, at)));
        for (byte[] entry : entries) {
            visitor.entry(edge.size(), entry);
            edge.add(Merkle.leaf(entry), this::tile);
            noteRoot();
        }
        return true;
    }

    private void noteRoot() {
        if (sizes.contains(edge.size())) {
            roots.put(edge.size(), edge.root());
        }
    }

    private void partialTile(int level, long size) {
        List<Hash> row = edge.partial(level);
        if (!row.isEmpty()) {
            tile(
                    TilePath.in(size, level, TilePath.count(level, size) / TilePath.FULL)
                            .orElseThrow(),
                    row);
        }
    }

    private void tile(TilePath tile, List<Hash> hashes) {
        byte[] expected = Bundle.ofHashes(hashes);
        if (log.read(tile).isEmpty()) {
            faults.add(new TileFault(tile.path(), "Hashes are missing."));
        }
        compare(tile, expected, at -> Arrays.copyOf(expected, at * Hash.LENGTH));
    }

    /** Gives the expected content of a narrower copy of a tile. */
    @FunctionalInterface
    private interface Prefix {
        byte[] of(int width);
    }

    /** Compares a tile and its narrower copies with the expected content. */
    private void compare(TilePath tile, byte[] expected, Prefix prefix) {
        Map<String, byte[]> wanted = new LinkedHashMap<>();
        wanted.put(tile.path(), expected);
        String folder = tile.full().path() + ".p";
        for (String path : unseen.subSet(folder + "/", folder + "0")) {
            TilePath.parse(path)
                    .filter(narrower -> narrower.width() < tile.width())
                    .ifPresent(narrower -> wanted.put(path, prefix.of(narrower.width())));
        }
        wanted.forEach((path, bytes) -> {
            unseen.remove(path);
            Optional<byte[]> found = log.files().read(path);
            if (found.isPresent() && !Arrays.equals(found.get(), bytes)) {
                faults.add(new TileFault(path, "The content is not what the entries give."));
            }
        });
    }

    /** Sorts the remaining files: those ahead of the checkpoint are returned, all others are faults. */
    private List<String> ahead(long size) {
        List<String> ahead = new ArrayList<>();
        for (String path : unseen) {
            Optional<TilePath> tile = TilePath.parse(path);
            if (TileFiles.isTemporary(path) || (tile.isPresent() && !tile.get().within(size))) {
                ahead.add(path);
            } else if (edge.size() == size) {
                faults.add(new TileFault(path, "The file does not belong to this log."));
            }
        }
        return ahead;
    }
}
