package dev.sluice.cdc.capture.table;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.TableName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tables of which a new snapshot is asked for. Each request is a file with the name of its table in the
 * folder {@code requests} of the state folder, so that a command can ask while capture runs or while it does not.
 * Beside the requests stands why a snapshot was refused or waits.
 *
 * @param folder folder of the requests
 */
public record SnapshotRequests(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotRequests.class);

    private static final String REQUEST = ".table";
    private static final String TROUBLE = ".trouble";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** The requests to the capture with that state folder. */
    public static SnapshotRequests in(Path stateFolder) {
        return new SnapshotRequests(stateFolder.resolve("requests"));
    }

    /**
     * Asks for a snapshot of the table, durably; does nothing when that is asked already.
     *
     * @throws CaptureException {@code CDC-118} when the request cannot be written
     */
    public void add(TableName table) {
        try {
            Files.createDirectories(folder);
            replace(file(table, REQUEST), table.toString().getBytes(StandardCharsets.UTF_8));
            Files.deleteIfExists(file(table, TROUBLE));
        } catch (IOException e) {
            throw SnapshotErrors.unusableRequest(folder, "cannot be written", e);
        }
    }

    /**
     * The tables that are asked for, in order of their names; a damaged request is passed over.
     *
     * @throws CaptureException {@code CDC-118} when the folder cannot be read
     */
    public List<TableName> open() {
        return List.copyOf(new TreeSet<>(read(REQUEST, SnapshotRequests::request)));
    }

    /** Forgets the request for that table. */
    public void remove(TableName table) {
        delete(file(table, REQUEST));
    }

    /** Forgets why a snapshot of that table was refused or had to wait. */
    public void cured(TableName table) {
        delete(file(table, TROUBLE));
    }

    /** Stores why the snapshot of that table waits, and goes on with the request. */
    public void waits(TableName table, CaptureException cause) {
        store(SnapshotTrouble.of(table, cause, false));
    }

    /** Stores why the snapshot of that table was refused, and forgets the request. */
    public void refuse(TableName table, CaptureException cause) {
        store(SnapshotTrouble.of(table, cause, true));
        remove(table);
    }

    /** Why snapshots were refused or wait, at most one for each table. */
    public List<SnapshotTrouble> troubles() {
        return read(TROUBLE, SnapshotRequests::trouble);
    }

    /** Forgets every request and every trouble. */
    public void clear() {
        try {
            for (String kind : List.of(REQUEST, TROUBLE)) {
                files(kind).forEach(this::delete);
            }
        } catch (IOException e) {
            throw SnapshotErrors.unusableRequest(folder, "cannot be read", e);
        }
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw SnapshotErrors.unusableRequest(folder, "cannot be deleted", e);
        }
    }

    /** Gives damaged requests another name, and says so in the log. */
    public void setAsideDamaged() {
        try {
            for (Path file : files(REQUEST)) {
                Optional<byte[]> content = content(file);
                if (content.isPresent() && request(content.get()).isEmpty()) {
                    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
                    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
                    LOG.atWarn()
                            .addKeyValue("file", aside)
                            .log("A request for a snapshot is damaged and is set aside. Call 'sluice capture snapshot'"
                                    + " again.");
                }
            }
        } catch (IOException e) {
            throw SnapshotErrors.unusableRequest(folder, "cannot be read", e);
        }
    }

    private void store(SnapshotTrouble trouble) {
        try {
            Files.createDirectories(folder);
            replace(file(trouble.name(), TROUBLE), JSON.writeValueAsBytes(trouble));
        } catch (IOException e) {
            throw SnapshotErrors.unusableRequest(folder, "cannot be written", e);
        }
    }

    private static Optional<TableName> request(byte[] content) {
        try {
            return Optional.of(TableName.parse(new String(content, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    private static Optional<SnapshotTrouble> trouble(byte[] content) {
        try {
            SnapshotTrouble trouble = JSON.readValue(content, SnapshotTrouble.class);
            boolean usable = trouble.version() == SnapshotTrouble.VERSION
                    && request(trouble.table().getBytes(StandardCharsets.UTF_8)).isPresent();
            return usable ? Optional.of(trouble) : Optional.empty();
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }

    private <T> List<T> read(String kind, Function<byte[], Optional<T>> form) {
        List<T> all = new ArrayList<>();
        try {
            for (Path file : files(kind)) {
                content(file).flatMap(form).ifPresent(all::add);
            }
        } catch (IOException e) {
            throw SnapshotErrors.unusableRequest(folder, "cannot be read", e);
        }
        return List.copyOf(all);
    }

    /** The content of a file; empty when another process has deleted the file meanwhile. */
    private static Optional<byte[]> content(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    private List<Path> files(String kind) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(kind)).toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path beside = Files.createTempFile(file.getParent(), "new", "");
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A name of a table may be too long for the name of a file, and may hold any character. */
    private Path file(TableName table, String kind) {
        UUID name = UUID.nameUUIDFromBytes(table.toString().getBytes(StandardCharsets.UTF_8));
        return folder.resolve(name + kind);
    }
}
