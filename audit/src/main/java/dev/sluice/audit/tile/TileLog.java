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
 * The writer of a log; one process at a time, held by a file lock.
 *
 * <p>An append is durable when it returns. Order of an append: entries and tiles forced to disk; the new head signed
 * and remembered beside the key, forced; the checkpoint published, forced. Opening recomputes the whole tree and
 *
 * <ol>
 *   <li>refuses when the files hold less than, or something other than, the last signed head;
 *   <li>removes what was written but never signed: nobody was told of it;
 *   <li>publishes a head that was signed but not published.
 * </ol>
 *
 * <p>A failed append closes the log; what was acknowledged stays. Safe for use by many threads.
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
     * Opens a log, or makes an empty one.
     *
     * @param visitor is given every entry that is there, in order
     * @throws LedgerException AUD-002 to AUD-005, AUD-001
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
     * Appends entries, all or none, under one new checkpoint.
     *
     * @return index of the first
     * @throws LedgerException AUD-008 for an entry over 65,535 bytes, AUD-010 when closed, AUD-001 when it failed; the
     *     log is closed then
     */
    public synchronized long append(List<byte[]> entries) {
        if (!open) {
            throw LedgerErrors.closed(files.root());
        }
        for (byte[] entry : entries) {
            if (entry.length > Bundle.MAX_ENTRY) {
                throw LedgerErrors.tooLarge("an entry", entry.length, Bundle.MAX_ENTRY);
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

    /** The log as of the last append. */
    public synchronized TileReader reader() {
        return reader;
    }

    @Override
    public synchronized void close() {
        open = false;
        release(files.root(), lock);
    }

    /** Appends to edge and tail; gives the files that change. */
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

    /** Removes partial tiles that a full tile has replaced since that size; the specification allows it then. */
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
                throw LedgerErrors.inconsistent(files.root(), "its checkpoint is not older than the last signed head");
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
            TreeCheck.TileFault problem = found.faults().get(0);
            throw LedgerErrors.inconsistent(files.root(), problem.path() + ": " + problem.what());
        }
        restore(size);
        if (!found.ahead().isEmpty()) {
            found.ahead().forEach(files::delete);
            LOG.atWarn()
                    .addKeyValue("leaves", size)
                    .addKeyValue("files", found.ahead().size())
                    .log("removed ledger entries that were never signed");
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

    /** Brings the right edge back from its own files, which have been checked; what goes beyond may be removed then. */
    private void restore(long size) {
        edge = Edge.restored(size, tile -> exact(tile, Bundle::hashes));
        tail = TilePath.in(size, TilePath.ENTRIES, size / TilePath.FULL)
                .map(tile -> new ArrayList<>(exact(tile, Bundle::entries)))
                .orElseGet(ArrayList::new);
    }

    private <T> List<T> exact(TilePath tile, Function<byte[], Optional<List<T>>> content) {
        return files.read(tile.path())
                .flatMap(content)
                .orElseThrow(() -> LedgerErrors.inconsistent(files.root(), tile.path() + " is missing"));
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
