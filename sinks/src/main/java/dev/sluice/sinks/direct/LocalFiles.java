package dev.sluice.sinks.direct;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.hadoopio.HadoopFileIO;
import io.delta.kernel.engine.MetricsReporter;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * Lists and opens the files of a table on a local disk without a file system of Hadoop, whose start and whose listing
 * of a log cost a question more processor time than the reading. Writing stays with Hadoop. Thread-safe.
 */
final class LocalFiles extends HadoopFileIO {

    private final Configuration conf;

    private LocalFiles(Configuration conf) {
        super(conf);
        this.conf = conf;
    }

    /** The engine of Delta Kernel for a table at that location. */
    static DefaultEngine engine(String location, Configuration conf) {
        return isLocal(location) ? new LocalEngine(of(conf)) : DefaultEngine.create(conf);
    }

    /** Reports no metrics: Delta Kernel would write them as JSON for every table, whether they are logged or not. */
    private static final class LocalEngine extends DefaultEngine {

        LocalEngine(LocalFiles files) {
            super(files);
        }

        @Override
        public List<MetricsReporter> getMetricsReporters() {
            return List.of();
        }
    }

    /** The files of this machine; settings of Delta Kernel and of its Parquet reader come from that configuration. */
    static LocalFiles of(Configuration conf) {
        return new LocalFiles(conf);
    }

    /** Whether the location is on a disk of this machine. */
    static boolean isLocal(String location) {
        String scheme = new org.apache.hadoop.fs.Path(location).toUri().getScheme();
        return scheme == null || scheme.equals("file");
    }

    /** The file or folder at a local location. */
    static Path path(String location) {
        return Path.of(new org.apache.hadoop.fs.Path(location).toUri().getPath())
                .toAbsolutePath();
    }

    /** The names of the folders in a local folder. */
    static List<String> folders(String parent) throws IOException {
        try (Stream<Path> all = Files.list(path(parent))) {
            return all.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        } catch (NoSuchFileException e) {
            throw missing(parent, e);
        }
    }

    @Override
    public CloseableIterator<FileStatus> listFrom(String location) throws IOException {
        Path from = path(location);
        String first = from.getFileName().toString();
        try (Stream<Path> files = Files.list(from.resolveSibling(""))) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().compareTo(first) >= 0)
                    .sorted()
                    .toList();
            return Utils.toCloseableIterator(found.iterator()).map(LocalFiles::listed);
        } catch (NoSuchFileException e) {
            throw missing(location, e);
        }
    }

    private static FileStatus listed(Path file) {
        try {
            return status(file);
        } catch (IOException gone) {
            // A clean-up of the log may take a file between the listing and this look at the file.
            return FileStatus.of("file:" + file, 0, 0);
        }
    }

    @Override
    public FileStatus getFileStatus(String location) throws IOException {
        try {
            return status(path(location));
        } catch (NoSuchFileException e) {
            throw missing(location, e);
        }
    }

    private static FileStatus status(Path file) throws IOException {
        BasicFileAttributes read = Files.readAttributes(file, BasicFileAttributes.class);
        return FileStatus.of(
                "file:" + file, read.size(), read.lastModifiedTime().toMillis());
    }

    @Override
    public String resolvePath(String location) {
        return "file:" + path(location).normalize();
    }

    @Override
    public InputFile newInputFile(String location, long size) {
        Path file = path(location);
        return LocalFile.isSmall(file) ? new LocalFile(file, conf) : super.newInputFile(location, size);
    }

    /** Delta Kernel looks for this exception, which says that a file is optional. */
    static FileNotFoundException missing(String location, NoSuchFileException cause) {
        FileNotFoundException missing = new FileNotFoundException("There is no " + location + ".");
        missing.initCause(cause);
        return missing;
    }
}
