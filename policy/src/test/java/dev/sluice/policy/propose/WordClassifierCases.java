package dev.sluice.policy.propose;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The case table of column names, {@code columns.csv}. */
final class WordClassifierCases {

    private WordClassifierCases() {}

    static List<String> lines() {
        try (InputStream in = WordClassifierCases.class.getResourceAsStream("columns.csv")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
