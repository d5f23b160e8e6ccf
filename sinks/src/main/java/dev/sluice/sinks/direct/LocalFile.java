package dev.sluice.sinks.direct;

import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.delta.kernel.defaults.engine.hadoopio.HadoopInputFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;

/**
 * Reads a small file of a local disk whole, and compares it with the checksums that Hadoop keeps beside the files that
 * it writes ({@code .NAME.crc}). A file without checksums is taken as it is, as Hadoop takes it. Immutable.
 *
 * <p>Is a {@link HadoopInputFile} because Delta Kernel asks such a file for the settings of its Parquet reader; for any
 * other file it would read Hadoop's defaults.
 */
final class LocalFile extends HadoopInputFile {

    private static final long LARGEST = 1L << 20;
    /** The first four bytes of a file of checksums, "crc" and 0; then comes how many bytes each checksum is for. */
    private static final int MAGIC = 0x63726300;

    private static final int HEADER = 2 * Integer.BYTES;

    private final Path file;
    private final Configuration conf;

    LocalFile(Path file, Configuration conf) {
        super(null, new org.apache.hadoop.fs.Path("file:" + file), 0);
        this.file = file;
        this.conf = conf;
    }

    /** Whether the file is small enough to be read whole. A file that is not there is small. */
    static boolean isSmall(Path file) {
        return file.toFile().length() <= LARGEST;
    }

    @Override
    public Configuration configuration() {
        return conf;
    }

    @Override
    public long length() throws IOException {
        return Files.size(file);
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            compare(bytes);
            return new FileBytes(bytes);
        } catch (NoSuchFileException e) {
            throw LocalFiles.missing(file.toString(), e);
        }
    }

    private void compare(byte[] bytes) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".crc");
        if (!Files.exists(beside)) {
            return;
        }
        ByteBuffer sums = ByteBuffer.wrap(Files.readAllBytes(beside));
        if (sums.remaining() < HEADER || sums.getInt() != MAGIC) {
            return;
        }
        int stretch = sums.getInt();
        for (int at = 0; at < bytes.length; at += stretch) {
            CRC32 sum = new CRC32();
            sum.update(bytes, at, Math.min(stretch, bytes.length - at));
            if (sums.remaining() < Integer.BYTES || sums.getInt() != (int) sum.getValue()) {
                throw new ChecksumException("The file " + file + " is damaged behind byte " + at + ".", at);
            }
        }
    }

    /** The bytes of a file as a stream. */
    private static final class FileBytes extends SeekableInputStream {

        private final ByteBuffer left;

        FileBytes(byte[] bytes) {
            this.left = ByteBuffer.wrap(bytes);
        }

        @Override
        public int read() {
            return left.hasRemaining() ? left.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            if (length > 0 && !left.hasRemaining()) {
                return -1;
            }
            int read = Math.min(length, left.remaining());
            left.get(to, offset, read);
            return read;
        }

        @Override
        public long getPos() {
            return left.position();
        }

        @Override
        public void seek(long position) throws IOException {
            if (position < 0 || position > left.limit()) {
                throw new EOFException("The file ends at byte " + left.limit() + ", before byte " + position + ".");
            }
            left.position((int) position);
        }

        @Override
        public void readFully(byte[] to, int offset, int length) throws IOException {
            if (length > left.remaining()) {
                throw new EOFException("The file ends at byte " + left.limit() + ".");
            }
            left.get(to, offset, length);
        }
    }
}
