package dev.sluice.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the sample policy folder to spoil. */
public final class FolderCopy {

    /** The sample, as committed. */
    public static final Path SAMPLE = Path.of("sample").toAbsolutePath();

    private final Path root;

    private FolderCopy(Path root) {
        this.root = root;
    }

    /** A fresh copy below that folder. */
    public static FolderCopy in(Path target) {
        Path root = target.resolve("policies");
        try (Stream<Path> files = Files.walk(SAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = root.resolve(SAMPLE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FolderCopy(root);
    }

    /** The sample itself, to look at. */
    public static FolderCopy sample() {
        return new FolderCopy(SAMPLE);
    }

    public Path root() {
        return root;
    }

    /** Replaces text that must be there. */
    public FolderCopy replace(String file, String old, String now) {
        String text = read(file);
        if (!text.contains(old)) {
            throw new IllegalArgumentException(file + " does not contain " + old);
        }
        return write(file, text.replace(old, now));
    }

    public FolderCopy append(String file, String text) {
        return write(file, read(file) + text);
    }

    public FolderCopy write(String file, String text) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public FolderCopy delete(String file) {
        try {
            Files.delete(root.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number of the line that starts with that text, after its indentation. */
    public int lineOf(String file, String start) {
        List<String> lines = read(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith(start)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException(file + " has no line " + start);
    }
}
