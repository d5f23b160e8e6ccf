package dev.sluice.audit.tile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a tile or an entry bundle: {@code tile/<L>/<N>[.p/<W>]} or {@code tile/entries/<N>[.p/<W>]}. {@code N} is
 * written in groups of three digits, and all groups but the last begin with {@code x} ({@code x001/x234/067}).
 *
 * @param level level of the tile, or {@link #ENTRIES}
 * @param index index within the level
 * @param width number of hashes or entries in the file, 1 to 256; a tile with fewer than 256 is partial
 */
record TilePath(int level, long index, int width) {
    /** Level of an entry bundle. */
    static final int ENTRIES = -1;

    /** Hashes in a full tile, entries in a full bundle. */
    static final int FULL = 256;

    private static final Pattern NAME =
            Pattern.compile("tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([0-9]{1,3}))?");

    TilePath {
        if (level < ENTRIES || level > 63 || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException(
                    "No tile has level " + level + ", index " + index + " and width " + width + ".");
        }
    }

    /** Returns the path below the folder of the log, with {@code /} between the parts. */
    String path() {
        return "tile/"
                + (level == ENTRIES ? "entries" : Integer.toString(level))
                + "/"
                + encode(index)
                + (partial() ? ".p/" + width : "");
    }

    /** Reads a path; empty when the text is not the canonical form of a path. */
    static Optional<TilePath> parse(String path) {
        Matcher matcher = NAME.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int level = matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1));
        long index = Long.parseLong(matcher.group(2).replace("x", "").replace("/", ""));
        int width = matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3));
        if (level > 63 || width < 1 || width > FULL) {
            return Optional.empty();
        }
        TilePath tile = new TilePath(level, index, width);
        return tile.path().equals(path) ? Optional.of(tile) : Optional.empty();
    }

    /** Whether the file holds fewer than 256 hashes or entries. */
    boolean partial() {
        return width < FULL;
    }

    /** Returns the full tile at the same place. */
    TilePath full() {
        return new TilePath(level, index, FULL);
    }

    /** Counts the hashes of a level, or the entries, in a tree of the given size. */
    static long count(int level, long size) {
        int shift = 8 * Math.max(level, 0);
        return shift >= Long.SIZE ? 0 : size >>> shift;
    }

    /** Returns the tile at a place in a tree of the given size; empty when the tree does not reach the place. */
    static Optional<TilePath> in(long size, int level, long index) {
        long width = Math.min(FULL, count(level, size) - index * FULL);
        return width < 1 ? Optional.empty() : Optional.of(new TilePath(level, index, (int) width));
    }

    /** Whether a tree of the given size covers the whole tile. */
    boolean within(long size) {
        return index * FULL + width <= count(level, size);
    }

    private static String encode(long index) {
        String path = String.format("%03d", index % 1000);
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path = String.format("x%03d/%s", rest % 1000, path);
        }
        return path;
    }
}
