package dev.sluice.deploy.e2e;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One case of the folder {@code public-cases}: what an application does to its tables, and what the lake then holds.
 *
 * <p>A statement that begins with {@code @name} runs in a session of that name, which lives as long as the case; one
 * that begins with {@code !code} must fail with that SQLSTATE; one that begins with {@code sluice} is a command, which gets
 * the pipeline file and the home.
 *
 * @param about what the case shows
 * @param open why the product does not do it yet; the case then counts as skipped, and must still fail
 * @param alone whether the case stops every table, so that it cannot be played beside others
 * @param nightly whether only the long form of the test plays the case
 * @param entries patterns and exclusions that the pipeline names beside the tables
 * @param tables what to expect of each table, by name with or without schema
 * @param setup statements before the first start
 * @param starting statements that are repeated while the first start reads its snapshot
 * @param running statements while the gateway runs
 * @param closing statements right before the gateway stops, after those of all cases
 * @param stopped statements while the gateway does not run
 */
record PublicCase(
        String about,
        String open,
        boolean alone,
        boolean nightly,
        List<String> entries,
        Map<String, Expected> tables,
        List<String> setup,
        List<String> starting,
        List<String> running,
        List<String> closing,
        List<String> stopped) {

    PublicCase {
        open = Objects.requireNonNullElse(open, "");
        entries = orEmpty(entries);
        setup = orEmpty(setup);
        starting = orEmpty(starting);
        running = orEmpty(running);
        closing = orEmpty(closing);
        stopped = orEmpty(stopped);
    }

    /**
     * What the lake holds of a table at the end.
     *
     * @param published whether the publication is made with the table
     * @param later whether the pipeline names the table before the second start only
     * @param matched whether the pipeline does not name the table, because an entry of the case matches it
     * @param key the columns that the pipeline names as the key of the table
     * @param tags the tag of a column in the catalog, where the column is not simply kept
     * @param more columns that the table gets later, or had before
     * @param held the code of the hold, two with a bar between where a look may fall between two steps; else empty
     * @param letters the codes of its dead letters
     * @param same whether the current rows are those of the source, each value by its text
     * @param as SQL for the text of a column where the lake stores it in another form
     * @param without columns of the source that the lake must not have
     * @param rows how many current rows there are at least, so that an empty table is not taken for an equal one
     * @param steps a column that goes up by one with each version of a row
     * @param show the columns that {@code history} shows
     * @param history by key, the versions, oldest first; {@code ~} is null, a dash stands where the row was gone
     */
    record Expected(
            Boolean published,
            Boolean later,
            Boolean matched,
            List<String> key,
            Map<String, String> tags,
            List<String> more,
            String held,
            List<String> letters,
            Boolean same,
            Map<String, String> as,
            List<String> without,
            Integer rows,
            String steps,
            List<String> show,
            Map<String, List<String>> history) {

        Expected {
            published = Objects.requireNonNullElse(published, true);
            later = Objects.requireNonNullElse(later, false);
            matched = Objects.requireNonNullElse(matched, false);
            key = orEmpty(key);
            tags = Objects.requireNonNullElse(tags, Map.of());
            more = orEmpty(more);
            held = Objects.requireNonNullElse(held, "");
            letters = orEmpty(letters);
            same = Objects.requireNonNullElse(same, held.isEmpty());
            as = Objects.requireNonNullElse(as, Map.of());
            without = orEmpty(without);
            rows = Objects.requireNonNullElse(rows, 1);
            steps = Objects.requireNonNullElse(steps, "");
            show = orEmpty(show);
            history = Objects.requireNonNullElse(history, Map.of());
        }
    }

    /** A case with the name of its file. */
    record Named(String name, PublicCase content) {
        @Override
        public String toString() {
            return name + ": " + content.about();
        }
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }

    /**
     * The cases, by the name of the file.
     *
     * @param nightly whether those that only the long form plays are among them
     */
    static List<Named> all(boolean nightly) {
        try (Stream<Path> files =
                Files.list(Path.of(PublicCase.class.getResource("/public-cases").toURI()))) {
            return files.sorted()
                    .map(PublicCase::read)
                    .filter(each -> nightly || !each.content().nightly())
                    .toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the cases cannot be read", e);
        }
    }

    private static Named read(Path file) {
        try {
            String name = file.getFileName().toString().replace(".yaml", "");
            return new Named(name, new YAMLMapper().readValue(file.toFile(), PublicCase.class));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is no case", e);
        }
    }
}
