package dev.sluice.deploy.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is cut of a table on a terminal of so many columns. */
class TextTableTest {

    private static final String LONG = "abcdefghijklmnopqrstuvwxyz";

    /** One row of cells below the columns a, b, ..., on a terminal of {@code columns}, and the line that is printed. */
    private record Case(String what, int columns, List<@Nullable Object> cells, String line) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Case of(String what, int columns, String line, @Nullable Object... cells) {
        return new Case(what, columns, Arrays.asList(cells), line);
    }

    private static Stream<Case> cases() {
        return Stream.of(
                of("without a limit nothing is cut", Integer.MAX_VALUE, LONG + "  " + LONG, LONG, LONG),
                of("what fits is not cut", 54, LONG + "  " + LONG, LONG, LONG),
                of("one column less", 53, "abcdefghijklmnopqrstuvwx\u2026  " + LONG, LONG, LONG),
                of("the widest column is cut first", 30, "short  abcdefghijklmnopqrstuv\u2026", "short", LONG),
                of("equal columns are cut alike", 40, "abcdefghijklmnopqr\u2026  abcdefghijklmnopqr\u2026", LONG, LONG),
                of("never below eight", 5, "abcdefg\u2026  abcdefg\u2026", LONG, LONG),
                of("eight characters stay", 5, "abcdefgh  abcdefg\u2026", "abcdefgh", LONG),
                of("a number stays", 5, "1234567890123  abcdefg\u2026", 1234567890123L, LONG),
                of("a number among texts stays", 5, "1234567890  abcdefg\u2026", 1234567890, LONG),
                of("null is a dash", 12, "-  abcdefgh\u2026", null, LONG),
                of("a pair of surrogates is one", 9, "\uD83D\uDE00bcdefgh\u2026", "\uD83D\uDE00bcdefghijk"),
                of("control characters are made visible", 9, "a\uFFFDb", "a\nb"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cutsTheWidestColumns(Case one) {
        String[] columns = "abcdef".substring(0, one.cells().size()).split("");

        String text =
                TextTable.render(Listing.of(columns).row(one.cells().toArray()).build(), one.columns());

        assertThat(text.lines().toList().get(1)).isEqualTo(one.line());
    }

    @Test
    void aNumberAmongTextsKeepsTheWidthOfItsColumn() {
        String text = TextTable.render(
                Listing.of("value", "b")
                        .row(1234567890123L, "x")
                        .row(LONG, LONG)
                        .build(),
                10);

        assertThat(text).isEqualTo("VALUE          B\n1234567890123  x\nabcdefghijkl\u2026  abcdefg\u2026\n");
    }

    @Test
    void aTitleIsCutWithItsColumn() {
        String text = TextTable.render(Listing.of("a_very_long_title").row("x").build(), 8);

        assertThat(text).isEqualTo("A VERY \u2026\nx\n");
    }

    @Test
    void anEmptyListingIsItsTitles() {
        assertThat(TextTable.render(Listing.of("one", "two").build(), 80)).isEqualTo("ONE  TWO\n");
    }

    @Test
    void valuesOfASheetAreWrappedAndNotCut() {
        Sheet sheet = Sheet.empty().with("code", "X").with("cause", "one two three four five six seven eight nine");

        assertThat(TextTable.render(sheet, 31))
                .isEqualTo("code   X\ncause  one two three four five\n       six seven eight nine\n");
        assertThat(TextTable.render(sheet, Integer.MAX_VALUE))
                .isEqualTo("code   X\ncause  one two three four five six seven eight nine\n");
    }

    @Test
    void theLimitComesFromTheSystemProperty() {
        Listing listing = Listing.of("a").row(LONG).build();
        try {
            System.setProperty("sluice.columns", "10");
            assertThat(TextTable.render(listing)).isEqualTo("A\nabcdefghi\u2026\n");
        } finally {
            System.clearProperty("sluice.columns");
        }
        assertThat(TextTable.render(listing)).isEqualTo("A\n" + LONG + "\n");
    }
}
