package dev.sluice.cdc.capture.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.Secret;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.testkit.TestPostgres;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SourceSurveyIT {

    private static TestPostgres server;
    private static TestPostgres.Database database;
    private static Map<String, SurveyedTable> tables = Map.of();

    @BeforeAll
    static void survey() {
        server = TestPostgres.start(Map.of());
        database = server.createDatabase();
        database.run(
                "CREATE TYPE mood AS ENUM ('ok', 'sad')",
                "CREATE DOMAIN price AS numeric(8,2) NOT NULL",
                "CREATE TABLE person (id bigint PRIMARY KEY, name varchar(40) NOT NULL, born date, mood mood)",
                "COMMENT ON TABLE person IS 'people'",
                "COMMENT ON COLUMN person.name IS 'the whole name'",
                "CREATE SCHEMA \"Sales\"",
                "CREATE TABLE \"Sales\".\"Order\" (no int, year int, person_id bigint REFERENCES person, cost price,"
                        + " tags text[], place point, flag bit(1), ratio numeric,"
                        + " grid int[][], moods mood[], PRIMARY KEY (year, no))",
                "CREATE TABLE line (year int, no int, pos int, PRIMARY KEY (year, no, pos),"
                        + " FOREIGN KEY (year, no) REFERENCES \"Sales\".\"Order\" (year, no))",
                "CREATE TABLE visit (at date, id int, person_id bigint REFERENCES person, PRIMARY KEY (at, id))"
                        + " PARTITION BY RANGE (at)",
                "CREATE TABLE visit_old PARTITION OF visit FOR VALUES FROM ('2000-01-01') TO ('2020-01-01')",
                "CREATE TABLE stay (at date, visit int, id int PRIMARY KEY,"
                        + " FOREIGN KEY (at, visit) REFERENCES visit (at, id))",
                "CREATE TABLE keyless (a int)",
                "CREATE TABLE indexed (b int NOT NULL, a int NOT NULL, c int, UNIQUE (a, b) INCLUDE (c))",
                "ALTER TABLE indexed REPLICA IDENTITY USING INDEX indexed_a_b_c_key",
                "CREATE UNLOGGED TABLE fleeting (a int PRIMARY KEY)",
                "CREATE TABLE \"odd name\" (id int PRIMARY KEY, \"a-b\" int)",
                "CREATE TABLE twins (id int PRIMARY KEY, \"Id\" int)",
                "CREATE VIEW seen AS SELECT id FROM person",
                "CREATE MATERIALIZED VIEW kept AS SELECT id FROM person",
                "ALTER TABLE line REPLICA IDENTITY FULL");
        tables = SourceSurvey.read(of("postgres")).stream()
                .collect(Collectors.toMap(table -> table.name().toString(), table -> table));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static PostgresDatabase of(String role) {
        return new PostgresDatabase("127.0.0.1", database.port(), database.name(), role, Secret.of("unused"));
    }

    @Test
    void seesEveryTableOfTheUserAndNoneOfTheServer() {
        assertThat(tables.keySet())
                .containsExactlyInAnyOrder(
                        "Sales.Order",
                        "public.fleeting",
                        "public.indexed",
                        "public.keyless",
                        "public.kept",
                        "public.line",
                        "public.odd name",
                        "public.person",
                        "public.seen",
                        "public.stay",
                        "public.twins",
                        "public.visit",
                        "public.visit_old");
    }

    @Test
    void readsColumnsWithTypeNullabilityAndComment() {
        SurveyedTable person = table("public.person");
        assertThat(person.structure().comment()).isEqualTo("people");
        assertThat(types(person)).isEqualTo("id int64, name text, born date?, mood enum?");
        assertThat(person.column("name").orElseThrow())
                .extracting(SurveyedColumn::typeName, SurveyedColumn::comment)
                .containsExactly("character varying(40)", "the whole name");
        assertThat(types(table("Sales.Order")))
                .isEqualTo("no int32, year int32, person_id int64?, cost decimal(8,2), tags array<text>?,"
                        + " place text?, flag boolean?, ratio big_decimal?, grid text?, moods array<text>?");
    }

    @Test
    void readsKeysIdentityAndForeignKeysInTheirOrder() {
        SurveyedTable line = table("public.line");
        assertThat(table("Sales.Order").structure().key()).containsExactly("year", "no");
        assertThat(table("public.indexed").structure().key()).containsExactly("a", "b");
        assertThat(line.structure().identity()).isEqualTo("f");
        assertThat(table("public.person").structure().identity()).isEqualTo("d");
        assertThat(line.foreignKeys()).singleElement().satisfies(key -> {
            assertThat(key.target()).isEqualTo(new TableName("Sales", "Order"));
            assertThat(key.columns()).containsExactly("year", "no");
            assertThat(key.targetOf("no")).isEqualTo("no");
        });
    }

    @Test
    void knowsThePartitionedTableOfAPartitionAndLeavesOutCopiedForeignKeys() {
        SurveyedTable part = table("public.visit_old");
        assertThat(part.canBeCaptured()).isTrue();
        assertThat(part.structure().partitionOf()).contains(new TableName("public", "visit"));
        assertThat(part.foreignKeys()).extracting(key -> key.target().table()).containsExactly("person");
        assertThat(table("public.stay").foreignKeys())
                .extracting(key -> key.target().table())
                .containsExactly("visit");
    }

    @Test
    void saysWhyATableCannotBeCaptured() {
        Map<String, String> obstacles = new TreeMap<>();
        tables.values().stream().filter(table -> !table.canBeCaptured()).forEach(table -> {
            String codes = table.obstacles().stream().map(Finding::code).collect(Collectors.joining(" "));
            obstacles.put(table.name().table(), codes);
        });
        assertThat(obstacles)
                .isEqualTo(Map.of(
                        "fleeting", "CDC-231",
                        "keyless", "CDC-230",
                        "kept", "CDC-234",
                        "odd name", "CDC-235",
                        "seen", "CDC-234",
                        "twins", "CDC-235",
                        "visit", "CDC-236"));
        assertThat(table("public.odd name").obstacles().get(0).what())
                .contains("\"odd name\"")
                .doesNotContain("a-b");
        assertThat(table("public.keyless").obstacles().get(0).fix())
                .isEqualTo("ALTER TABLE \"public\".\"keyless\" ADD PRIMARY KEY (...)");
    }

    @Test
    void reportsADatabaseThatDoesNotAnswer() {
        PostgresDatabase missing =
                new PostgresDatabase("127.0.0.1", database.port(), "nowhere", "postgres", Secret.of("unused"));
        assertThatThrownBy(() -> SourceSurvey.read(missing))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith("CDC-239")
                .hasMessageContaining("SQLSTATE 3D000")
                .hasMessageContaining("Correct the name of the database.");
    }

    private static SurveyedTable table(String name) {
        assertThat(tables).containsKey(name);
        return tables.get(name);
    }

    private static String types(SurveyedTable table) {
        return table.columns().stream()
                .map(column -> column.name() + " "
                        + column.type().map(type -> type.describe()).orElse("-") + (column.nullable() ? "?" : ""))
                .collect(Collectors.joining(", "));
    }
}
