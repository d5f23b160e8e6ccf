package dev.sluice.sinks.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.delta.kernel.defaults.engine.hadoopio.HadoopFileIO;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a local disk are listed and read as Hadoop lists and reads them, whose checksums are held to. */
class LocalFilesTest {

    private static final String TEXT = "0123456789".repeat(200);

    @TempDir
    private Path temporary;

    private final Configuration conf = new Configuration();
    private final FileIO local = LocalFiles.of(conf);
    private final FileIO hadoop = new HadoopFileIO(conf);
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = Files.createDirectories(temporary.resolve("a b%20c ü"));
        for (String name : List.of("_last_checkpoint", "00000000000000000009.json", "00000000000000000010.json")) {
            write(name, TEXT);
        }
    }

    private void write(String name, String text) throws IOException {
        var path = new org.apache.hadoop.fs.Path(folder.resolve(name).toString());
        try (OutputStream out = path.getFileSystem(conf).create(path)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(beside(name)).exists();
    }

    private Path beside(String name) {
        return folder.resolve("." + name + ".crc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000000000000000.", "00000000000000000010.", "_", "z"})
    void listsFromThatNameOn(String first) throws IOException {
        for (String scheme : List.of("", "file:", "file://")) {
            String from = scheme + folder.resolve(first);

            assertThat(list(local, from)).isEqualTo(list(hadoop, from));
        }
    }

    @Test
    void namesAndDescribesFilesAsHadoopDoes() throws IOException {
        String file = folder.resolve("_last_checkpoint").toString();

        assertThat(local.resolvePath(folder + "/../x")).isEqualTo(hadoop.resolvePath(folder + "/../x"));
        assertThat(local.getFileStatus(file)).isEqualTo(hadoop.getFileStatus(file));
        assertThat(local.newInputFile(file, 0).path())
                .isEqualTo(local.getFileStatus(file).getPath());
    }

    /** Delta Kernel looks for that exception: it says that a file or a table is not there yet. */
    @Test
    void saysThatAFileIsMissing() {
        String missing = folder.resolve("none").toString();

        assertThatThrownBy(() -> local.getFileStatus(missing)).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> local.listFrom(missing + "/0")).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> local.newInputFile(missing, 0).newStream()).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void readsAnyPartOfAFile() throws IOException {
        try (SeekableInputStream bytes = open("_last_checkpoint")) {
            byte[] part = new byte[10];
            bytes.seek(1995);
            assertThat(bytes.read()).isEqualTo('5');
            assertThat(bytes.getPos()).isEqualTo(1996);
            assertThat(bytes.read(part, 0, 10)).isEqualTo(4);
            assertThat(bytes.read(part, 0, 10)).isEqualTo(-1);
            assertThat(bytes.read()).isEqualTo(-1);
            bytes.seek(0);
            bytes.readFully(part, 0, 10);
            assertThat(new String(part, StandardCharsets.UTF_8)).isEqualTo("0123456789");
            bytes.seek(1995);
            assertThatThrownBy(() -> bytes.readFully(part, 0, 10)).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> bytes.seek(2001)).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 511, 512, 1999})
    void refusesADamagedFile(int at) throws IOException {
        Path file = folder.resolve("_last_checkpoint");
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> open("_last_checkpoint")).isInstanceOf(ChecksumException.class);
        Files.delete(beside("_last_checkpoint"));
        try (SeekableInputStream unchecked = open("_last_checkpoint")) {
            assertThat(unchecked.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void refusesAFileThatIsLongerThanItsChecksums() throws IOException {
        Files.writeString(folder.resolve("_last_checkpoint"), TEXT + TEXT);

        assertThatThrownBy(() -> open("_last_checkpoint")).isInstanceOf(ChecksumException.class);
    }

    @Test
    void leavesALargeFileToHadoop() throws IOException {
        write("large", TEXT.repeat(600));

        assertThat(local.newInputFile(folder.resolve("large").toString(), 0)).isNotInstanceOf(LocalFile.class);
        assertThat(local.newInputFile(folder.resolve("_last_checkpoint").toString(), 0))
                .isInstanceOf(LocalFile.class);
    }

    private SeekableInputStream open(String name) throws IOException {
        return local.newInputFile(folder.resolve(name).toString(), 0).newStream();
    }

    private static List<FileStatus> list(FileIO files, String from) throws IOException {
        List<FileStatus> listed = new ArrayList<>();
        try (CloseableIterator<FileStatus> found = files.listFrom(from)) {
            found.forEachRemaining(listed::add);
        }
        return listed;
    }
}
