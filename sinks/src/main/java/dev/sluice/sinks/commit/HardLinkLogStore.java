package dev.sluice.sinks.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.storage.HadoopFileSystemLogStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/**
 * Stores the commit files of Delta tables on local disks. The log store of Delta asks whether a file exists and then
 * renames, which can lose a commit when two processes write at once. The file system creates or refuses a hard link in
 * one step (POSIX {@code link(2)}).
 *
 * <p>Guarantees:
 *
 * <ul>
 *   <li>Of any number of threads and processes that write one version without overwriting, exactly one succeeds, and
 *       the others get {@link java.nio.file.FileAlreadyExistsException}.
 *   <li>A reader sees a whole file or none.
 *   <li>When {@code write} returns, the commit and the data files that the commit adds survive a power cut. The commit
 *       file, the data files and the folders of the data files are forced to disk before the name of the commit
 *       appears, and the folder of the log after.
 * </ul>
 *
 * <p>Needs a file system with hard links. Thread-safe.
 *
 * <p>Configured by {@code spark.delta.logStore.file.impl}.
 */
public final class HardLinkLogStore extends HadoopFileSystemLogStore {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADD = "{\"add\":";

    /** Called by Delta. */
    public HardLinkLogStore(Configuration conf) {
        super(conf);
    }

    @Override
    public void write(org.apache.hadoop.fs.Path path, Iterator<String> actions, Boolean overwrite, Configuration conf)
            throws IOException {
        Path target = local(path);
        Path folder = parent(target);
        if (!overwrite && Files.exists(target)) {
            // Spares the writing; the link below is what decides.
            throw new java.nio.file.FileAlreadyExistsException(target.toString());
        }
        Files.createDirectories(folder);
        Path temporary = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Set<Path> added = writeActions(temporary, actions, parent(folder));
            for (Path file : added) {
                force(file);
            }
            if (overwrite) {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.createLink(target, temporary);
            }
            force(folder);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public Boolean isPartialWriteVisible(org.apache.hadoop.fs.Path path, Configuration conf) {
        return false;
    }

    /** Writes and forces the lines; answers with the data files they add, and the folders of these. */
    private static Set<Path> writeActions(Path file, Iterator<String> actions, Path table) throws IOException {
        Set<Path> added = new LinkedHashSet<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                BufferedWriter writer = new BufferedWriter(
                        new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8))) {
            while (actions.hasNext()) {
                String action = actions.next();
                writer.write(action);
                writer.write('\n');
                if (action.startsWith(ADD)) {
                    Path data = dataFile(action, table);
                    added.add(data);
                    added.add(parent(data));
                }
            }
            writer.flush();
            channel.force(true);
        }
        return added;
    }

    private static Path dataFile(String action, Path table) throws IOException {
        JsonNode path = JSON.readTree(action).path("add").path("path");
        URI uri = URI.create(path.asText());
        return uri.isAbsolute() ? Path.of(uri) : table.resolve(uri.getPath());
    }

    private static void force(Path fileOrFolder) throws IOException {
        if (Files.exists(fileOrFolder)) {
            try (FileChannel channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static Path local(org.apache.hadoop.fs.Path path) {
        return Path.of(path.toUri().getPath());
    }

    private static Path parent(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IOException("a commit file needs a folder");
        }
        return parent;
    }
}
