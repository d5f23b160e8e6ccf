package dev.sluice.sinks.direct;

import dev.sluice.sinks.Lake;
import dev.sluice.sinks.SinkErrors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Lists the tables that a lake holds. Thread-safe. Throws a {@link dev.sluice.sinks.SinkException} {@code SNK-011} when
 * a folder or a log cannot be read.
 *
 * @param root folder or URI of the lake
 * @param conf how the lake is reached
 */
public record LakeFolders(String root, Configuration conf) {

    /** Paths below the root of all history tables, {@code consumer/table}, sorted. Reads the log of no table. */
    public List<String> histories() {
        List<String> paths = new ArrayList<>();
        for (String output : folders(root)) {
            if (!output.equals(Lake.LATENT) && !output.equals(Lake.DEAD_LETTERS)) {
                for (String table : folders(root + "/" + output)) {
                    if (DirectTable.isAt(root + "/" + output + "/" + table, conf)) {
                        paths.add(output + "/" + table);
                    }
                }
            }
        }
        return paths.stream().sorted().toList();
    }

    /**
     * Paths below the root of the folders of a consumer, {@code consumer/table}; a folder need not hold a table yet.
     */
    public List<String> of(String output) {
        return folders(root + "/" + output).stream()
                .map(table -> output + "/" + table)
                .toList();
    }

    private List<String> folders(String parent) {
        try {
            if (LocalFiles.isLocal(parent)) {
                return LocalFiles.folders(parent);
            }
            Path path = new Path(parent);
            FileSystem fileSystem = path.getFileSystem(conf);
            List<String> names = new ArrayList<>();
            for (FileStatus status : fileSystem.listStatus(path)) {
                if (status.isDirectory()) {
                    names.add(status.getPath().getName());
                }
            }
            return names;
        } catch (FileNotFoundException nothingWritten) {
            return List.of();
        } catch (IOException e) {
            throw SinkErrors.storage("list", parent, e);
        }
    }
}
