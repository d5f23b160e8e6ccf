package dev.sluice.deploy.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file {@code format} of a home: one line, {@code sluice-home} and a number that grows with every change of a
 * persisted form. A program reads and writes only homes of its own number. Numbers below 1 are drafts: no program
 * converts a home of one draft into another.
 *
 * @param root the home's folder
 */
record HomeFormat(Path root) {

    /** The number that this version reads and writes. */
    static final String CURRENT = "0.7";

    private static final String NAME = "sluice-home ";

    static HomeFormat of(Home home) {
        return new HomeFormat(home.root());
    }

    /** Writes the number into a new home; refuses an older or newer home. */
    void requireOrWrite() throws IOException {
        if (!Files.exists(file()) && !Files.isDirectory(root.resolve("keys"))) {
            Files.writeString(file(), NAME + CURRENT + "\n");
        }
        require();
    }

    /** Refuses a home whose number is not {@link #CURRENT}. */
    void require() {
        String found = read();
        if (!found.equals(CURRENT)) {
            throw HomeErrors.otherFormat(root, found);
        }
    }

    /** The number; {@code 0.1} for a home that was made before there was a format file. */
    private String read() {
        try {
            if (!Files.exists(file())) {
                return "0.1";
            }
            String line = Files.readString(file()).strip();
            return line.startsWith(NAME) ? line.substring(NAME.length()) : "unknown";
        } catch (IOException e) {
            throw HomeErrors.unreadable(file(), e);
        }
    }

    private Path file() {
        return root.resolve("format");
    }
}
