package dev.sluice.audit.tile;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Encodes entry bundles and tiles, and reads them back. A bundle holds entries, each behind its length as a big-endian
 * 16-bit number; a tile holds hashes without anything between them.
 */
final class Bundle {
    /** Largest entry in bytes: the largest 16-bit number. */
    static final int MAX_ENTRY = 65_535;

    private Bundle() {}

    /** Encodes entries as a bundle. No entry may be longer than {@link #MAX_ENTRY}. */
    static byte[] ofEntries(List<byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            out.write(entry.length >>> 8);
            out.write(entry.length);
            out.writeBytes(entry);
        }
        return out.toByteArray();
    }

    /** Returns the entries of a bundle; empty when the bytes end inside an entry. */
    static Optional<List<byte[]>> entries(byte[] bundle) {
        List<byte[]> entries = new ArrayList<>();
        int at = 0;
        while (at < bundle.length) {
            if (bundle.length - at < 2) {
                return Optional.empty();
            }
            int end = at + 2 + ((bundle[at] & 0xff) << 8 | (bundle[at + 1] & 0xff));
            if (end > bundle.length) {
                return Optional.empty();
            }
            entries.add(Arrays.copyOfRange(bundle, at + 2, end));
            at = end;
        }
        return Optional.of(entries);
    }

    /** Encodes hashes as a tile. */
    static byte[] ofHashes(List<Hash> hashes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        hashes.forEach(hash -> out.writeBytes(hash.bytes()));
        return out.toByteArray();
    }

    /** Returns the hashes of a tile; empty when the bytes end inside a hash. */
    static Optional<List<Hash>> hashes(byte[] tile) {
        if (tile.length % Hash.LENGTH != 0) {
            return Optional.empty();
        }
        List<Hash> hashes = new ArrayList<>();
        for (int at = 0; at < tile.length; at += Hash.LENGTH) {
            hashes.add(Hash.at(tile, at));
        }
        return Optional.of(hashes);
    }
}
