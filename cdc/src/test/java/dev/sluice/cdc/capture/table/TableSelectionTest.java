package dev.sluice.cdc.capture.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.capture.postgres.TableName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableSelectionTest {

    private static final List<TableName> CATALOG = Stream.of(
                    "public.orders",
                    "public.order_items",
                    "public.order_archive",
                    "public.Orders",
                    "public.a*b",
                    "public.aXb",
                    "app.orders",
                    "app1.t",
                    "app2.t",
                    "app10.t")
            .map(TableName::parse)
            .toList();

    /** The entries, and the tables of the catalog that they name; a table that is not there follows with a plus. */
    static Stream<Arguments> selections() {
        return Stream.of(
                named(List.of("public.orders"), "public.orders"),
                named(List.of("public.order_*"), "public.order_archive", "public.order_items"),
                named(List.of("public.order*", "!public.*_archive"), "public.order_items", "public.orders"),
                named(List.of("!public.*_archive", "public.order*"), "public.order_items", "public.orders"),
                named(List.of("*.orders"), "app.orders", "public.orders"),
                named(List.of("app?.t"), "app1.t", "app2.t"),
                named(List.of("app*.t", "!app2.t"), "app1.t", "app10.t"),
                named(List.of("public.\"a*b\""), "public.a*b"),
                named(List.of("public.a*b"), "public.a*b", "public.aXb"),
                named(List.of("\"public\".?rders"), "public.Orders", "public.orders"),
                named(List.of("public.gone", "app.*"), "app.orders", "public.gone"),
                named(List.of("public.order_archive", "public.o*", "!public.*"), "public.order_archive"),
                named(List.of("none.*")));
    }

    private static Arguments named(List<String> entries, String... tables) {
        return Arguments.of(entries, List.of(tables));
    }

    @ParameterizedTest
    @MethodSource("selections")
    void namesTheTablesThatItsEntriesSay(List<String> entries, List<String> tables) {
        assertThat(selection(entries).among(CATALOG)).map(TableName::toString).isEqualTo(tables);
    }

    @ParameterizedTest
    @CsvSource({
        "a*c, abc, true",
        "a*c, ac, true",
        "a*c, acb, false",
        "a**c, axxc, true",
        "*a*b*, xxaxxbxx, true",
        "*a*b*, xxbxxaxx, false",
        "?, ü, true",
        "?, 𝄞, true",
        "??, a, false",
        "*, a, true",
        "a.*, a, false"
    })
    void aStarIsAnythingAndAQuestionMarkOneCharacter(String pattern, String name, boolean matches) {
        assertThat(new TableEntry.NamePart(pattern, true).matches(name)).isEqualTo(matches);
    }

    @Test
    void aPatternOfManyStarsTakesNoTime() {
        String name = "a".repeat(63);

        assertThat(new TableEntry.NamePart("a*".repeat(31) + "b", true).matches(name))
                .isFalse();
    }

    @Test
    void saysWhichPatternsAndExclusionsMatchNothing() {
        TableSelection selection =
                selection(List.of("public.missing", "public.order*", "sales.*", "!public.tmp", "!*.t"));

        assertThat(selection.idle(CATALOG)).map(TableEntry::toString).containsExactly("sales.*", "!public.tmp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "orders", "a.b.c", ".t", "s.", "!", "!t", "s.\"", "s.\"a\"b\"", "s.\"a.b\"", "a.b\n"})
    void refusesWhatIsNoEntry(String text) {
        assertThatThrownBy(() -> TableEntry.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schema.table");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s.t", "s.t*", "!s.*", "s.\"a*b\"", "\"!s\".t", "s.\"\"\"t\""})
    void anEntryIsWrittenAsItIsRead(String text) {
        assertThat(TableEntry.parse(text)).hasToString(text);
        assertThat(TableEntry.parse("\"s\".\"t\"")).isEqualTo(TableEntry.parse("s.t"));
    }

    private static TableSelection selection(List<String> entries) {
        return new TableSelection(entries.stream().map(TableEntry::parse).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "'a.b a.c', '', 'a.b a.c'",
        "'a.b_c a_b.c a.x', '', 'a.b_c a.x'",
        "'a.b_c a_b.c', 'a_b.c', 'a_b.c'",
        "'a.b_c_d a_b.c_d a_b_c.d', 'a_b.c_d', 'a_b.c_d'",
        "'a.b_c a.B_c', '', 'a.B_c a.b_c'",
        "'a.b a.\u00e9', '', 'a.b'",
    })
    void givesATopicToTheFirstOfTheTablesWhoseTopicsAreOneToABroker(String tables, String read, String with) {
        assertThat(TableSelection.withTopics(names(tables), Set.of(read)))
                .extracting(TableName::toString)
                .containsExactly(with.split(" ", -1));
    }

    private static List<TableName> names(String tables) {
        return Stream.of(tables.split(" ", -1)).map(TableName::parse).toList();
    }
}
