package dev.sluice.audit.tile;

import dev.sluice.audit.LedgerErrors;
import dev.sluice.audit.LedgerException;
import dev.sluice.cdc.event.CrashPoint;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends entries to a log. A file lock admits one process at a time.
 *
 * <p>An append returns when the entries are durable. In order, it
 *
 * <ol>
 *   <li>forces entries and tiles to disk;
 *   <li>signs the new head and forces it to the file beside the key;
 *   <li>publishes the checkpoint and forces it.
 * </ol>
 *
 * <p>Opening recomputes the whole tree. It
 *
 * <ol>
 *   <li>refuses when the files hold less than the last signed head, or something else;
 *   <li>deletes files that were written but never signed, because no append has returned for them;
 *   <li>publishes a head that was signed but not published.
 * </ol>
 *
 * <p>When a write fails before the checkpoint is published, the log closes; entries of earlier appends stay. Safe for
 * use by many threads.
 */
public final class TileLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TileLog.class);

    private final TileFiles files;
    private final NoteKey key;
    private final FileChannel lock;
    private Edge edge = new Edge();
    private List<byte[]> tail = new ArrayList<>();
    private TileReader reader;
    private boolean open = true;

    private TileLog(TileFiles files, NoteKey key, FileChannel lock, TileReader signed) {
        this.files = files;
        this.key = key;
        this.lock = lock;
        this.reader = signed;
    }

    /**
     * Opens a log, or starts an empty one when the folder holds neither a checkpoint nor a last signed head.
     *
     * @param folder the folder of the log; created when missing
     * @param key signs the heads; its name is the origin of the log
     * @param visitor receives every entry of the log, in order
     * @throws LedgerException AUD-001 when a file cannot be read or written, AUD-002 when another process writes the
     *     log, AUD-003 when the log was rolled back, AUD-004 when a file was changed, AUD-005 when the last signed head
     *     is missing, AUD-007 or AUD-014 when a head is malformed or not signed by the key
     */
    public static TileLog open(Path folder, NoteKey key, TreeCheck.Visitor visitor) {
        FileChannel lock = lock(folder);
        boolean done = false;
        try {
            TileFiles files = new TileFiles(folder);
            TileLog log = new TileLog(files, key, lock, signedHead(files, key));
            log.recover(visitor);
            done = true;
            return log;
        } finally {
            if (!done) {
                release(folder, lock);
            }
        }
    }

    /**
     * Appends entries under one new checkpoint: all of them or none.
     *
     * @return index of the first entry
     * @throws LedgerException AUD-008 for an entry of more than 65,535 bytes, AUD-010 when the log is closed, AUD-001
     *     when a write failed
     */
    public synchronized long append(List<byte[]> entries) {
        if (!open) {
            throw LedgerErrors.closed(files.root());
        }
        for (byte[] entry : entries) {
            if (entry.length > Bundle.MAX_ENTRY) {
                throw LedgerErrors.tooLarge(entry.length, Bundle.MAX_ENTRY);
            }
        }
        long first = edge.size();
        Edge next = edge.copy();
        List<byte[]> nextTail = new ArrayList<>(tail);
        boolean done = false;
        try {
            files.write(grow(next, nextTail, entries));
            CrashPoint.reached("CP18");
            reader = sign(next);
            CrashPoint.reached("CP19");
            publish();
            done = true;
        } finally {
            open = done;
        }
        edge = next;
        tail = nextTail;
        removeReplaced(first);
        return first;
    }

    /** Returns a reader of the log under the head of the last append. */
    public synchronized TileReader reader() {
        return reader;
    }

    @Override
    public synchronized void close() {
        open = false;
        release(files.root(), lock);
    }

    /** Appends entries to edge and tail, and returns the files that change. */
    private static Map<String, byte[]> grow(Edge edge, List<byte[]> tail, List<byte[]> entries) {
        Map<String, byte[]> changed = new LinkedHashMap<>();
        long before = edge.size();
        for (byte[] entry : entries) {
            tail.add(entry);
            edge.add(Merkle.leaf(entry), (tile, hashes) -> {
                changed.put(tile.path(), Bundle.ofHashes(hashes));
                if (tile.level() == 0) {
                    TilePath bundle = new TilePath(TilePath.ENTRIES, tile.index(), TilePath.FULL);
                    changed.put(bundle.path(), Bundle.ofEntries(tail));
                    tail.clear();
                }
            });
        }
        long size = edge.size();
        if (!tail.isEmpty()) {
            changed.put(last(TilePath.ENTRIES, size).path(), Bundle.ofEntries(tail));
        }
        for (int level = 0; level < edge.height(); level++) {
            List<Hash> row = edge.partial(level);
            if (!row.isEmpty() && TilePath.count(level, size) > TilePath.count(level, before)) {
                changed.put(last(level, size).path(), Bundle.ofHashes(row));
            }
        }
        return changed;
    }

    private static TilePath last(int level, long size) {
        return TilePath.in(size, level, TilePath.count(level, size) / TilePath.FULL)
                .orElseThrow();
    }

    private TileReader sign(Edge edge) {
        Checkpoint head = new Checkpoint(key.verifier().name(), edge.size(), edge.root());
        String note = key.sign(head.text()).encoded();
        TileFiles.writeFile(key.head(), note.getBytes(StandardCharsets.UTF_8));
        return new TileReader(files, head, note);
    }

    private void publish() {
        files.write(Map.of(TileReader.CHECKPOINT, reader.note().getBytes(StandardCharsets.UTF_8)));
    }

    /** Deletes partial tiles that a full tile has replaced since the given size, as the specification allows. */
    private void removeReplaced(long before) {
        long size = edge.size();
        for (int level = TilePath.ENTRIES; level < edge.height(); level++) {
            long from = TilePath.count(level, before) / TilePath.FULL;
            long to = TilePath.count(level, size) / TilePath.FULL;
            for (long index = from; index < to; index++) {
                files.deletePartials(new TilePath(level, index, TilePath.FULL));
            }
        }
    }

    private static TileReader signedHead(TileFiles files, NoteKey key) {
        List<NoteVerifier> known = List.of(key.verifier());
        Optional<byte[]> remembered = TileFiles.readFile(key.head());
        Optional<byte[]> published = files.read(TileReader.CHECKPOINT);
        if (remembered.isEmpty()) {
            if (published.isPresent()) {
                throw LedgerErrors.headMissing(key.head(), files.root().resolve(TileReader.CHECKPOINT));
            }
            return new TileReader(files, new Checkpoint(key.verifier().name(), 0, Merkle.root(List.of())), "");
        }
        Checkpoint head = TileReader.checkpoint("last signed head " + key.head(), remembered.get(), known);
        published.ifPresent(note -> {
            Checkpoint last = TileReader.checkpoint("checkpoint of " + files.root(), note, known);
            if (last.size() > head.size() || (last.size() == head.size() && !last.equals(head))) {
                throw LedgerErrors.inconsistent(
                        files.root(), "Its checkpoint is newer than that head, or differs from it.");
            }
        });
        return new TileReader(files, head, new String(remembered.get(), StandardCharsets.UTF_8));
    }

    private void recover(TreeCheck.Visitor visitor) {
        long size = reader.head().size();
        TreeCheck.TreeResult found = TreeCheck.run(reader, visitor, List.of());
        if (found.size() < size) {
            throw LedgerErrors.rolledBack(files.root(), found.size(), size);
        }
        if (!found.faults().isEmpty()) {
            throw LedgerErrors.inconsistent(files.root(), found.faults().get(0).toString());
        }
        restore(size);
        if (!found.ahead().isEmpty()) {
            found.ahead().forEach(files::delete);
            LOG.atWarn()
                    .addKeyValue("leaves", size)
                    .addKeyValue("files", found.ahead().size())
                    .log("The ledger deleted files that were written but never signed.");
        }
        if (reader.note().isEmpty()) {
            reader = sign(edge);
        }
        if (!files.read(TileReader.CHECKPOINT)
                .map(note -> new String(note, StandardCharsets.UTF_8).equals(reader.note()))
                .orElse(false)) {
            publish();
        }
    }

    /** Restores the right edge from its own files, which were checked, so that files beyond them may be deleted. */
    private void restore(long size) {
        edge = Edge.restored(size, tile -> exact(tile, Bundle::hashes));
        tail = TilePath.in(size, TilePath.ENTRIES, size / TilePath.FULL)
                .map(tile -> new ArrayList<>(exact(tile, Bundle::entries)))
                .orElseGet(ArrayList::new);
    }

    private <T> List<T> exact(TilePath tile, Function<byte[], Optional<List<T>>> content) {
        return files.read(tile.path())
                .flatMap(content)
                .orElseThrow(() -> LedgerErrors.inconsistent(files.root(), "The file " + tile.path() + " is missing."));
    }

    private static FileChannel lock(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = tryLock(channel);
            if (held == null) {
                channel.close();
                throw LedgerErrors.held(folder);
            }
            return channel;
        } catch (IOException failed) {
            throw LedgerErrors.storage(folder, failed);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldHere) {
            return null;
        }
    }

    private static void release(Path folder, FileChannel lock) {
        try {
            lock.close();
        } catch (IOException failed) {
            throw LedgerErrors.storage(folder, failed);
        }
    }
}
