package dev.sluice.cdc.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.epoch.CaptureEpoch;
import dev.sluice.cdc.capture.epoch.TableSnapshot;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.server.WrittenChanges;
import dev.sluice.cdc.capture.table.SnapshotRequests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Locks the folder of one capture and stores its files {@code capture.json} ({@link CaptureState}), {@code
 * offsets.json} ({@link OffsetFile}), {@code written.json} ({@link WrittenChanges}) and {@code lock}.
 * Files are replaced whole: written beside, flushed to disk, renamed, and the folder flushed, so that a crash leaves
 * the old or the new content. Only one process can hold the lock.
 * Only the owner can read the folder, because the placeholder in it is a secret.
 */
public final class StateFolder implements AutoCloseable {
    static final String STATE = "capture.json";
    static final String OFFSETS = "offsets.json";
    static final String WRITTEN = "written.json";
    private static final String LOCK = "lock";
    private static final String FORMAT = "sluice-capture-state";
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final int PLACEHOLDER_BYTES = 16;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Path folder;
    private final FileChannel lockFile;

    private StateFolder(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /** Creates the folder if needed and locks it; refuses with CDC-005 when another capture holds the lock. */
    public static StateFolder lock(Path folder) {
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
            Files.setPosixFilePermissions(folder, OWNER_FOLDER);
            FileChannel channel = FileChannel.open(
                    folder.resolve(LOCK),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(OWNER_FILE));
            if (!locked(channel)) {
                channel.close();
                throw CaptureErrors.stateFolderInUse(folder);
            }
            return new StateFolder(folder, channel);
        } catch (IOException e) {
            throw CaptureErrors.stateFolder(folder, "it cannot be created or locked", e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException thisProcess) {
            return false;
        }
    }

    /**
     * The placeholder of the capture that keeps its state in that folder, for the decoder; empty before its first
     * start.
     */
    public static Optional<String> placeholder(Path folder) {
        return read(folder.resolve(STATE)).map(CaptureState::placeholder);
    }

    /**
     * Forgets the capture that keeps its state in that folder, so that the next start begins with a snapshot in a new
     * epoch, also when the state is gone or damaged. The placeholder of the capture is kept, because records of it may
     * still wait in dead letters. The slot of the capture must be gone.
     */
    public static void renew(Path folder) {
        try (StateFolder locked = lock(folder)) {
            TableSnapshot.retire(folder);
            CaptureEpoch.of(folder)
                    .next(known(folder).map(CaptureState::placeholder))
                    .store(folder);
            SnapshotRequests.in(folder).clear();
            // A mark that stayed alone would speak of another epoch, perhaps of another server.
            locked.forgetWritten();
            // Then the state: offsets without a state are refused, a state without offsets would go on with its holds.
            Files.deleteIfExists(folder.resolve(STATE));
            Files.deleteIfExists(locked.offsetFile());
        } catch (IOException e) {
            throw CaptureErrors.stateFolder(folder, "its files cannot be deleted", e);
        }
    }

    /** The state of the capture that keeps its state in that folder; empty when the state is gone or damaged. */
    public static Optional<CaptureState> known(Path folder) {
        try {
            return read(folder.resolve(STATE));
        } catch (CaptureException damaged) {
            return Optional.empty();
        }
    }

    /** Why the capture that keeps its state in that folder holds tables, by table; empty before its first start. */
    public static Map<TableName, CaptureException> held(Path folder) {
        Map<TableName, CaptureException> held = new TreeMap<>();
        read(folder.resolve(STATE)).ifPresent(state -> state.publication()
                .held()
                .forEach((table, hold) -> held.put(TableName.parse(table), hold.failure())));
        return held;
    }

    /**
     * The state of the capture that keeps its state in that folder; empty before its first start.
     *
     * @throws CaptureException {@code CDC-004} when the state is damaged
     */
    public static Optional<CaptureState> stateIn(Path folder) {
        return read(folder.resolve(STATE));
    }

    /** The position that the capture of that folder has confirmed; empty before its snapshot is whole. */
    public static Optional<String> confirmedIn(Path folder) {
        return new OffsetFile(folder.resolve(OFFSETS)).position().map(Object::toString);
    }

    /** The placeholder of a capture that begins: a new one, or that of the capture which a smaller one joins. */
    String newPlaceholder() {
        return TableSnapshot.of(folder).map(TableSnapshot::placeholder).orElseGet(StateFolder::randomPlaceholder);
    }

    /** A new placeholder: 128 random bits as text, so that no user value is taken for it. */
    private static String randomPlaceholder() {
        byte[] bytes = new byte[PLACEHOLDER_BYTES];
        new SecureRandom().nextBytes(bytes);
        return "__sluice_unavailable_" + HexFormat.of().formatHex(bytes);
    }

    /** The state of the capture; empty before its first start. */
    public Optional<CaptureState> state() {
        return read(folder.resolve(STATE));
    }

    /** Stores the state, whole and durably. */
    public void save(CaptureState state) {
        try {
            var document = JSON.createObjectNode().put("format", FORMAT);
            document.setAll((com.fasterxml.jackson.databind.node.ObjectNode) JSON.valueToTree(state));
            replace(folder.resolve(STATE), JSON.writeValueAsBytes(document));
        } catch (IOException e) {
            throw CaptureErrors.stateFolder(folder.resolve(STATE), "it cannot be written", e);
        }
    }

    /** What may be in the raw topics; empty before the first change of a stream. */
    Optional<WrittenChanges> written() {
        Path file = folder.resolve(WRITTEN);
        try {
            WrittenChanges written = JSON.readValue(Files.readAllBytes(file), WrittenChanges.class);
            if (written.version() != WrittenChanges.VERSION) {
                throw CaptureErrors.stateFolder(file, "it has a version that this release does not know", null);
            }
            return Optional.of(written);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw CaptureErrors.stateFolder(file, "it is damaged or cannot be read", e);
        }
    }

    /** Forgets what may be in the raw topics, because their records are removed. */
    void forgetWritten() {
        try {
            Files.deleteIfExists(folder.resolve(WRITTEN));
        } catch (IOException e) {
            throw CaptureErrors.stateFolder(folder.resolve(WRITTEN), "it cannot be deleted", e);
        }
    }

    /** Stores that changes may be in the raw topics, unless the folder names as many already. */
    void writing(WrittenChanges changes) {
        if (written().filter(before -> !changes.isBeyond(before)).isPresent()) {
            return;
        }
        try {
            replace(folder.resolve(WRITTEN), JSON.writeValueAsBytes(changes));
        } catch (IOException e) {
            throw CaptureErrors.stateFolder(folder.resolve(WRITTEN), "it cannot be written", e);
        }
    }

    /** Stores that changes may be in the raw topics of which the capture with that state folder knows. */
    public void writingAsWellAs(StateFolder other) {
        other.written().ifPresent(this::writing);
    }

    /** The offsets that the engine stored. */
    OffsetFile offsets() {
        return new OffsetFile(offsetFile());
    }

    Path offsetFile() {
        return folder.resolve(OFFSETS);
    }

    private static Optional<CaptureState> read(Path file) {
        try {
            JsonNode document = JSON.readTree(Files.readAllBytes(file));
            if (!FORMAT.equals(document.path("format").asText())) {
                throw CaptureErrors.stateFolder(file, "it is not a capture state", null);
            }
            int version = document.path("version").asInt();
            if (version != CaptureState.VERSION) {
                String why = "it has version " + version + " and this release knows " + CaptureState.VERSION;
                throw CaptureErrors.stateFolder(file, why, null);
            }
            ((com.fasterxml.jackson.databind.node.ObjectNode) document).remove("format");
            document.path("publication").path("tables").forEach(StateFolder::completeIdentity);
            return Optional.of(JSON.treeToValue(document, CaptureState.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw CaptureErrors.stateFolder(file, "it is damaged", e);
        } catch (IOException e) {
            throw CaptureErrors.stateFolder(file, "it cannot be read", e);
        }
    }

    private static void completeIdentity(JsonNode table) {
        if (table instanceof com.fasterxml.jackson.databind.node.ObjectNode identity
                && !identity.has(CaptureState.TableIdentity.TOLD)) {
            identity.putArray(CaptureState.TableIdentity.TOLD);
        }
    }

    /** Replaces a file whole and durably. */
    static void replace(Path file, byte[] content) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        try (FileChannel channel = FileChannel.open(
                beside,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_FILE))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path parent = file.getParent();
        if (parent != null) {
            try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    /** Releases the lock. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw CaptureErrors.stateFolder(folder.resolve(LOCK), "it cannot be closed", e);
        }
    }
}
