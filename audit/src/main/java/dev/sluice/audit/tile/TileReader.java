package dev.sluice.audit.tile;

import dev.sluice.audit.LedgerErrors;
import dev.sluice.audit.LedgerException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a log under one signed checkpoint, also while another process writes the log: files never change, and a partial
 * tile that the writer deleted is part of the full tile that replaced it. The reader trusts the files and does not
 * compare them with the root; {@link TreeCheck} does. Immutable, safe for use by many threads.
 */
public final class TileReader {
    /** Name of the checkpoint file in the folder of the log. */
    public static final String CHECKPOINT = "checkpoint";

    private final TileFiles files;
    private final Checkpoint head;
    private final String note;

    TileReader(TileFiles files, Checkpoint head, String note) {
        this.files = files;
        this.head = head;
        this.note = note;
    }

    /**
     * Opens a log under its published checkpoint.
     *
     * @throws dev.sluice.audit.LedgerException AUD-007 when the checkpoint is missing or malformed, AUD-014 when no
     *     known key signed it or its origin is not the name of a known key
     */
    public static TileReader open(Path folder, List<NoteVerifier> known) {
        byte[] note = TileFiles.readFile(folder.resolve(CHECKPOINT))
                .orElseThrow(() -> LedgerErrors.malformed("checkpoint of " + folder, "the file does not exist"));
        Checkpoint head = checkpoint("checkpoint of " + folder, note, known);
        return new TileReader(new TileFiles(folder), head, new String(note, StandardCharsets.UTF_8));
    }

    /**
     * Reads a signed checkpoint. Its origin must be the name of a known key.
     *
     * @param what names the checkpoint in the message
     * @throws dev.sluice.audit.LedgerException AUD-007 when the note is malformed, AUD-014 when a signature or the
     *     origin is wrong
     */
    public static Checkpoint checkpoint(String what, byte[] note, List<NoteVerifier> known) {
        Checkpoint checkpoint = Checkpoint.parse(what, NoteVerifier.open(what, note, known));
        if (known.stream().noneMatch(key -> key.name().equals(checkpoint.origin()))) {
            throw LedgerErrors.unsigned(what, "its origin is not the name of a known key");
        }
        return checkpoint;
    }

    /** Returns the checkpoint that this reader reads under. */
    public Checkpoint head() {
        return head;
    }

    /** Returns the signed checkpoint as files hold it. */
    public String note() {
        return note;
    }

    TileFiles files() {
        return files;
    }

    /**
     * Returns one entry.
     *
     * @throws dev.sluice.audit.LedgerException AUD-012 when the checkpoint does not cover the index, AUD-004 when a
     *     file is missing or cut off
     */
    public byte[] entry(long index) {
        check(index);
        return bundle(index / TilePath.FULL).get((int) (index % TilePath.FULL));
    }

    /** Builds the proof that the entry at an index is in the log. Reads O(log size) tiles. */
    public InclusionProof proof(long index) {
        check(index);
        List<Hash> path = new ArrayList<>();
        path(index, 0, head.size(), path);
        return new InclusionProof(index, path, note);
    }

    /** Returns the entries of one bundle. */
    List<byte[]> bundle(long index) {
        TilePath tile = tile(TilePath.ENTRIES, index);
        return read(tile)
                .flatMap(Bundle::entries)
                .filter(entries -> entries.size() >= tile.width())
                .map(entries -> entries.subList(0, tile.width()))
                .orElseThrow(() -> damaged(tile));
    }

    /** Returns the bytes of a tile, or of the full tile that replaced it. */
    Optional<byte[]> read(TilePath tile) {
        Optional<byte[]> exact = files.read(tile.path());
        return exact.isPresent() || !tile.partial()
                ? exact
                : files.read(tile.full().path());
    }

    /** Collects the audit path of RFC 6962, section 2.1.1, from the sibling of the leaf upwards. */
    private void path(long index, long from, long to, List<Hash> into) {
        if (to - from == 1) {
            return;
        }
        long middle = from + Merkle.split(to - from);
        if (index < middle) {
            path(index, from, middle, into);
            into.add(subtree(middle, to));
        } else {
            path(index, middle, to, into);
            into.add(subtree(from, middle));
        }
    }

    private Hash subtree(long from, long to) {
        long size = to - from;
        if (Long.bitCount(size) != 1) {
            long middle = from + Merkle.split(size);
            return Merkle.node(subtree(from, middle), subtree(middle, to));
        }
        int level = Long.numberOfTrailingZeros(size) / 8;
        int width = (int) (size >>> (8 * level));
        long first = from >>> (8 * level);
        TilePath tile = tile(level, first / TilePath.FULL);
        byte[] hashes = read(tile).orElseThrow(() -> damaged(tile));
        int at = (int) (first % TilePath.FULL) * Hash.LENGTH;
        if (hashes.length < at + width * Hash.LENGTH) {
            throw damaged(tile);
        }
        return Bundle.hashes(Arrays.copyOfRange(hashes, at, at + width * Hash.LENGTH))
                .map(Merkle::root)
                .orElseThrow(() -> damaged(tile));
    }

    private TilePath tile(int level, long index) {
        return TilePath.in(head.size(), level, index)
                .orElseThrow(() -> LedgerErrors.noLeaf(index * TilePath.FULL, head.size()));
    }

    private void check(long index) {
        if (index < 0 || index >= head.size()) {
            throw LedgerErrors.noLeaf(index, head.size());
        }
    }

    private LedgerException damaged(TilePath tile) {
        return LedgerErrors.inconsistent(files.root(), "The file " + tile.path() + " is missing or cut off.");
    }
}
