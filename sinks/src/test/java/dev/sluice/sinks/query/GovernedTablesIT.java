package dev.sluice.sinks.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sinks.Changes;
import dev.sluice.sinks.delta.DeltaSinks;
import dev.sluice.sinks.delta.LakeFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GovernedTablesIT {

    private static final String CUSTOMERS = "analytics/shop.public.customers";

    @TempDir
    Path folder;

    @Test
    void listsTablesAndShowsAHistoryAsOfAMoment() {
        LakeFixture lake = new LakeFixture(folder, DeltaSinks.Options.DEFAULT);
        Changes customers = new Changes("customers");
        lake.write(
                customers.insert(1, 1, "Ann", "Rome").insert(1, 2, "Bob", "Oslo"),
                new Changes("orders").insert(4, 4, "a", "b"));
        lake.write(customers.update(5, 1, "Ann", "Bonn").delete(6, 2));
        GovernedTables tables = new GovernedTables(lake.lake().root(), new Configuration());

        assertThat(tables.tables())
                .containsExactly(
                        new TableState(CUSTOMERS, lake.lake().location(CUSTOMERS), 1, 3, 1),
                        new TableState(
                                "analytics/shop.public.orders",
                                lake.lake().location("analytics/shop.public.orders"),
                                0,
                                1,
                                1));
        assertThat(tables.history(CUSTOMERS, Changes.key(1), null))
                .extracting(v -> v.values().get("city"))
                .containsExactly("Rome", "Bonn");
        assertThat(tables.history(CUSTOMERS, Changes.key(1), Changes.START.plusSeconds(3)))
                .singleElement()
                .satisfies(v -> {
                    assertThat(v.values()).containsEntry("city", "Rome").containsOnlyKeys("id", "name", "city");
                    assertThat(v.op()).isEqualTo("c");
                    assertThat(v.provenance().event().origin().topic()).isEqualTo("shop.public.customers");
                    assertThat(v.provenance().event().origin().offset()).isZero();
                    assertThat(v.provenance().event().planId()).isEqualTo("plan-1");
                    assertThat(v.provenance().event().batch()).isEqualTo("g1/0");
                    assertThat(v.provenance().committedAt()).isEqualTo(Changes.START.plusSeconds(1));
                    assertThat(v.provenance().filled()).isEmpty();
                });
        assertThat(tables.history(CUSTOMERS, Changes.key(2), Changes.START.plusSeconds(6)))
                .isEmpty();
        assertThat(tables.currentRows(CUSTOMERS, 5)).singleElement().satisfies(row -> assertThat(row.values())
                .containsEntry("city", "Bonn"));
        lake.write(customers.insert(7, 3, "Cid", "Kiel").insert(8, 4, "Dan", "Graz"));
        assertThat(tables.currentRows(CUSTOMERS, 5))
                .extracting(row -> row.values().get("city"))
                .containsExactlyInAnyOrder("Bonn", "Kiel", "Graz");
        assertThat(tables.currentRows(CUSTOMERS, 2)).hasSize(2);
        assertThat(tables.currentRows(CUSTOMERS, 0)).isEmpty();
        assertThat(tables.currentRows("analytics/../x", 5)).isEmpty();
        assertThat(tables.history("analytics/../x", Changes.key(1), null)).isEmpty();
    }

    @Test
    void countsTheRowsThemselvesWhereTheLogHasNoStatistics() throws IOException {
        LakeFixture lake = new LakeFixture(folder, DeltaSinks.Options.DEFAULT);
        Changes customers = new Changes("customers");
        lake.write(customers.insert(1, 1, "Ann", "Rome").insert(1, 2, "Bob", "Oslo"));
        lake.write(customers.update(5, 1, "Ann", "Bonn").delete(6, 2));
        GovernedTables tables = new GovernedTables(lake.lake().root(), new Configuration());
        List<TableState> fromStatistics = tables.tables();

        removeStatistics(Path.of(lake.lake().location(CUSTOMERS)));

        assertThat(tables.tables()).isEqualTo(fromStatistics).hasSize(1);
    }

    private static void removeStatistics(Path table) throws IOException {
        try (Stream<Path> commits = Files.list(table.resolve("_delta_log"))) {
            for (Path commit :
                    commits.filter(file -> file.toString().endsWith(".json")).toList()) {
                String text = Files.readString(commit);
                assertThat(text).contains("\"stats\":");
                Files.writeString(commit, text.replaceAll(",\"stats\":\"(\\\\.|[^\"\\\\])*\"", ""));
                assertThat(Files.readString(commit)).doesNotContain("\"stats\":");
                Files.deleteIfExists(commit.resolveSibling("." + commit.getFileName() + ".crc"));
            }
        }
    }

    /** Delta gives the files of such a table other names of columns. */
    @Test
    void showsATableWhoseColumnsHaveNamesThatParquetDoesNotAllow() {
        LakeFixture lake = new LakeFixture(folder, DeltaSinks.Options.DEFAULT);
        Changes odd = new Changes("odd").with(Changes.schema("full name", "a,b"));
        lake.write(odd.insert(1, 1, "Ann", "x").insert(1, 2, "Bob", "y"));
        lake.write(odd.update(5, 1, "Ann", "z").delete(6, 2));
        GovernedTables tables = new GovernedTables(lake.lake().root(), new Configuration());

        assertThat(tables.history("analytics/shop.public.odd", Changes.key(1), null))
                .extracting(v -> v.values().get("full name") + " " + v.values().get("a,b"))
                .containsExactly("Ann x", "Ann z");
        assertThat(tables.tables()).singleElement().satisfies(table -> {
            assertThat(table.rows()).isEqualTo(3);
            assertThat(table.currentRows()).isEqualTo(1);
        });
    }

    @Test
    void showsDeadLetters() {
        LakeFixture lake = new LakeFixture(folder, DeltaSinks.Options.DEFAULT);
        lake.write(new Changes("customers").dead("BAD_MAGIC").dead("TOO_DEEP"));
        GovernedTables tables = new GovernedTables(lake.lake().root(), new Configuration());

        assertThat(tables.deadLetters())
                .extracting(letter -> letter.reason().code())
                .containsExactly("BAD_MAGIC", "TOO_DEEP");
        assertThat(tables.deadLetter("shop.public.customers-0-1")).hasValueSatisfying(letter -> {
            assertThat(letter.reason())
                    .isEqualTo(new DeadLetterView.DeadLetterReason("DECODE", "TOO_DEEP", "at byte 3"));
            assertThat(letter.bytes()).isEqualTo("sealed:shop.public.customers/0/1".length());
            assertThat(letter.keyId()).isEqualTo("deadletter-1");
            assertThat(letter.batch()).isEqualTo("g1/0");
        });
        assertThat(tables.deadLetter("nope")).isEmpty();
    }

    /** Two letters in one file, one in another. */
    @Test
    void givesTheSealedRecordsThatAreAskedForAndNoOther() {
        LakeFixture lake = new LakeFixture(folder, DeltaSinks.Options.DEFAULT);
        Changes customers = new Changes("customers");
        lake.write(customers.dead("BAD_MAGIC").dead("TOO_DEEP"));
        lake.write(customers.dead("BAD_MAGIC"));
        GovernedTables tables = new GovernedTables(lake.lake().root(), new Configuration());
        List<String> sealed = new ArrayList<>();

        tables.sealedRecords(
                Set.of("shop.public.customers-0-1", "shop.public.customers-0-2"),
                letter -> sealed.add(letter.id() + " " + new String(letter.payload(), StandardCharsets.UTF_8)));

        assertThat(sealed)
                .containsExactlyInAnyOrder(
                        "shop.public.customers-0-1 sealed:shop.public.customers/0/1",
                        "shop.public.customers-0-2 sealed:shop.public.customers/0/2");
    }
}
