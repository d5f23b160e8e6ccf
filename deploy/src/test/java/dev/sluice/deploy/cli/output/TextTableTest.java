package dev.sluice.deploy.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How answers are laid out on a terminal of so many columns. No value is cut. */
class TextTableTest {

    private static final String LONG = "abcdefghijklmnopqrstuvwxyz";
    private static final Listing WORDS = Listing.of("id", "what", "count")
            .row("a1", "one two three four five six", 7)
            .row("a2", "seven", 12)
            .build();
    private static final Listing VERSIONS = Listing.of("valid_from", "op", "city")
            .row("2026-11-01T08:00:00Z", "insert", "Lyon")
            .row("2026-11-12T10:03:11Z", "update", null)
            .row("2026-11-13T10:03:11Z", "update", "Llanfairpwllgwyngyllgogerychwyrndrobwll")
            .build();

    /** What is shown on a terminal of how many columns, and the text. */
    private record Case(String what, String shown, String text) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "a listing that fits is a table",
                        TextTable.render(WORDS, 39),
                        """
                        ID  WHAT                         COUNT
                        a1  one two three four five six      7
                        a2  seven                           12
                        """),
                new Case(
                        "the widest column is wrapped",
                        TextTable.render(WORDS, 30),
                        """
                        ID  WHAT                 COUNT
                        a1  one two three four       7
                            five six
                        a2  seven                   12
                        """),
                new Case(
                        "rows of a listing that would be too narrow are blocks",
                        TextTable.render(WORDS, 26),
                        """
                        id     a1
                        what   one two three four
                               five six
                        count  7

                        id     a2
                        what   seven
                        count  12
                        """),
                new Case(
                        "a word that is too long for its column makes blocks",
                        TextTable.render(Listing.of("a", "b").row(LONG, LONG).build(), 50),
                        "a  " + LONG + "\nb  " + LONG + "\n"),
                new Case(
                        "a listing without rows is its titles",
                        TextTable.render(Listing.of("one", "two").build(), 80),
                        "ONE  TWO\n"),
                new Case(
                        "titles of no rows are wrapped",
                        TextTable.render(Listing.of(LONG, "two").build(), 26),
                        LONG.toUpperCase(Locale.ROOT) + "\nTWO\n"),
                new Case(
                        "a comparison that fits is a table",
                        TextTable.compared(VERSIONS, 80),
                        TextTable.render(VERSIONS, Integer.MAX_VALUE)),
                new Case(
                        "a comparison that is too wide has a column for each row, as many as fit",
                        TextTable.compared(VERSIONS, 60),
                        """
                        valid from  2026-11-01T08:00:00Z  2026-11-12T10:03:11Z
                        op          insert                update
                        city        Lyon                  -

                        valid from  2026-11-13T10:03:11Z
                        op          update
                        city        Llanfairpwllgwyngyllgog
                                    erychwyrndrobwll
                        """),
                new Case(
                        "values of a sheet are wrapped",
                        TextTable.render(
                                Sheet.empty()
                                        .with("code", "X")
                                        .with("cause", "one two three four five six seven eight nine"),
                                31),
                        """
                        code   X
                        cause  one two three four five
                               six seven eight nine
                        """),
                new Case(
                        "a word that does not fit beside its name stands below",
                        TextTable.render(
                                Sheet.empty().with("the_name_of_it", LONG).with("b", 1), 30),
                        "the name of it\n  " + LONG + "\nb               1\n"),
                new Case(
                        "a word that fits nowhere is broken and not cut",
                        TextTable.render(Sheet.empty().with("name", LONG + LONG), 30),
                        "name\n  " + LONG + "ab\n  " + LONG.substring(2) + "\n"),
                new Case(
                        "a finding that fits is a row",
                        findings(80, "Short.", ""),
                        """
                        LEVEL  CODE     PLACE            WHAT    FIX
                        FAIL   DEP-211  pipeline.yaml:7  Short.
                        """),
                new Case(
                        "findings that do not fit are blocks",
                        findings(40, "The setting has a value that cannot be used.", "Use another value."),
                        """
                        FAIL  DEP-211  pipeline.yaml:7
                              The setting has a value that
                              cannot be used.
                              Fix: Use another value.
                        """),
                new Case(
                        "a line is wrapped below its first word or behind its arrow",
                        Wrapped.hanging("value <- one two three\n      <- one two three", 20),
                        "value <- one two\nthree\n      <- one two\n         three"),
                new Case(
                        "control characters are made visible and pairs of surrogates stay whole",
                        TextTable.render(Listing.of("a").row("\uD83D\uDE00b\nc").build(), 80),
                        "A\n\uD83D\uDE00b\uFFFDc\n"));
    }

    private static String findings(int limit, String what, String fix) {
        Finding finding = Finding.fail("DEP-211", new Place("pipeline.yaml", 7), what, fix);
        Listing listing = Listing.of("level", "code", "place", "what", "fix")
                .row("FAIL", "DEP-211", "pipeline.yaml:7", what, fix)
                .build();
        return TextTable.findings(List.of(finding), listing, limit);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void laysOut(Case one) {
        assertThat(one.shown()).isEqualTo(one.text());
    }

    @Test
    void aPairOfSurrogatesIsNotBroken() {
        assertThat(Wrapped.lines("a\uD83D\uDE00\uD83D\uDE00b", 2)).containsExactly("a\uD83D\uDE00", "\uD83D\uDE00b");
    }

    @Test
    void theLimitComesFromTheSystemProperty() {
        Listing listing = Listing.of("a").row(LONG).build();
        try {
            System.setProperty("sluice.columns", "25");
            assertThat(Format.table.render(listing)).isEqualTo("a\n  abcdefghijklmnopqrstuvw\n  xyz\n");
        } finally {
            System.clearProperty("sluice.columns");
        }
        assertThat(Format.table.render(listing)).isEqualTo("A\n" + LONG + "\n");
    }
}
