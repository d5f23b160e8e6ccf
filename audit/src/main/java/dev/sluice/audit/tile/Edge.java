package dev.sluice.audit.tile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Keeps the right edge of a tree: at each level, the hashes that do not fill a tile yet. The edge is all that appending
 * and computing the root need, however large the tree is. Not thread-safe.
 */
final class Edge {
    private final List<List<Hash>> levels;
    private long size;

    Edge() {
        this(new ArrayList<>(), 0);
    }

    private Edge(List<List<Hash>> levels, long size) {
        this.levels = levels;
        this.size = size;
    }

    /**
     * Returns the edge of a tree of the given size.
     *
     * @param hashes reads the hashes of a partial tile
     */
    static Edge restored(long size, Function<TilePath, List<Hash>> hashes) {
        List<List<Hash>> levels = new ArrayList<>();
        for (int level = 0; TilePath.count(level, size) > 0; level++) {
            long index = TilePath.count(level, size) / TilePath.FULL;
            levels.add(
                    new ArrayList<>(TilePath.in(size, level, index).map(hashes).orElse(List.of())));
        }
        return new Edge(levels, size);
    }

    /** Receives every tile that an append fills. */
    @FunctionalInterface
    interface FullTile {
        void completed(TilePath tile, List<Hash> hashes);
    }

    /** Returns an edge that changes independently of this one. */
    Edge copy() {
        List<List<Hash>> copied = new ArrayList<>();
        levels.forEach(level -> copied.add(new ArrayList<>(level)));
        return new Edge(copied, size);
    }

    /** Returns the number of leaves of the tree. */
    long size() {
        return size;
    }

    /** Returns how many levels of tiles the tree has. */
    int height() {
        return levels.size();
    }

    /** Returns the hashes of the partial tile at a level; none when the level ends with a full tile. */
    List<Hash> partial(int level) {
        return List.copyOf(levels.get(level));
    }

    /** Appends a leaf and passes each tile that becomes full to the listener. */
    void add(Hash leaf, FullTile listener) {
        size++;
        Hash hash = leaf;
        for (int level = 0; ; level++) {
            if (level == levels.size()) {
                levels.add(new ArrayList<>());
            }
            List<Hash> row = levels.get(level);
            row.add(hash);
            if (row.size() < TilePath.FULL) {
                return;
            }
            long index = TilePath.count(level + 1, size) - 1;
            listener.completed(new TilePath(level, index, TilePath.FULL), List.copyOf(row));
            hash = Merkle.root(row);
            row.clear();
        }
    }

    /** Computes the root by joining the perfect subtrees of the edge from the right (RFC 6962, section 2.1). */
    Hash root() {
        List<Hash> subtrees = new ArrayList<>();
        for (int level = levels.size() - 1; level >= 0; level--) {
            perfectSubtrees(levels.get(level), subtrees);
        }
        if (subtrees.isEmpty()) {
            return Merkle.root(List.of());
        }
        Hash root = subtrees.get(subtrees.size() - 1);
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            root = Merkle.node(subtrees.get(i), root);
        }
        return root;
    }

    private static void perfectSubtrees(List<Hash> row, List<Hash> into) {
        int at = 0;
        for (int width = Integer.highestOneBit(row.size()); width > 0; width >>= 1) {
            if ((row.size() & width) != 0) {
                into.add(Merkle.root(row.subList(at, at + width)));
                at += width;
            }
        }
    }
}
