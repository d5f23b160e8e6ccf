package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.Secret;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.registry.RegistrySettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CaptureConfigTest {
    private static final PostgresDatabase DATABASE =
            new PostgresDatabase("db", 5432, "shop", "reader", Secret.of("hidden-word"));

    private static CaptureConfig config() {
        return new CaptureConfig(
                new CaptureConfig.CapturedSource(
                        "shop", DATABASE, List.of(TableName.parse("public.b"), TableName.parse("public.a"))),
                CaptureConfig.Replication.of("Shop"),
                CaptureConfig.RawTransport.of("k:9092", RegistrySettings.at(URI.create("http://r:8081"))),
                CaptureConfig.Retry.standard(),
                Path.of("state"));
    }

    @Test
    void neverPrintsThePasswordOrClientSettings() {
        CaptureConfig.RawTransport secured = new CaptureConfig.RawTransport(
                "k:9092",
                RegistrySettings.at(URI.create("http://r:8081")),
                CaptureConfig.TopicSettings.STANDARD,
                Map.of("sasl.jaas.config", "hidden-word"));

        assertThat(config().toString() + secured).doesNotContain("hidden-word");
        assertThat(DATABASE.toString()).contains("****");
    }

    @Test
    void refusesWhatCannotWork() {
        List<TableName> tables = List.of(TableName.parse("public.a"));
        assertThatThrownBy(() -> new CaptureConfig.CapturedSource("my shop", DATABASE, tables))
                .hasMessage("CDC-001 The setting name must be letters, digits and underscores. Correct it.");
        assertThatThrownBy(() -> new CaptureConfig.CapturedSource("shop", DATABASE, List.of()))
                .hasMessageContaining("source.tables");
        assertThatThrownBy(() -> new CaptureConfig.Replication("Slot", "p", Duration.ofSeconds(1)))
                .hasMessageContaining("source.slot");
        assertThatThrownBy(() -> new CaptureConfig.Replication("s", "p'; DROP", Duration.ofSeconds(1)))
                .hasMessageContaining("source.publication");
        assertThatThrownBy(() -> TableName.parse("customers")).hasMessageContaining("schema.table");
    }

    @Test
    void doublesTheWaitUpToTheLongestAndLeavesUpToHalfOfItToChance() {
        CaptureConfig.Retry retry = new CaptureConfig.Retry(9, Duration.ofMillis(500), Duration.ofSeconds(15));

        Map.of(1, 500L, 2, 1000L, 3, 2000L, 60, 15_000L).forEach((failures, longest) -> {
            assertThat(retry.after(failures, () -> 0)).isEqualTo(Duration.ofMillis(longest));
            RandomGenerator seeded = new Random(failures);
            for (int i = 0; i < 100; i++) {
                assertThat(retry.after(failures, seeded))
                        .isBetween(Duration.ofMillis(longest / 2), Duration.ofMillis(longest));
            }
        });
    }

    @Test
    void matchesExactlyTheNamedTables() {
        for (String name : List.of("public.a", "my schema.odd,table", "s.x+y$", "S.Ünïcode")) {
            String pattern = EngineSettings.pattern(TableName.parse(name).toString());

            assertThat(pattern).doesNotContain(",");
            assertThat(Pattern.matches(pattern, name)).as(name).isTrue();
            assertThat(Pattern.matches(pattern, name.replace('.', 'x')))
                    .as(name)
                    .isFalse();
            Pattern asTheEngineReads = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
            assertThat(asTheEngineReads.matcher(name.toUpperCase(Locale.ROOT)).matches())
                    .as(name)
                    .isFalse();
        }
    }

    @Test
    void setsTheEngineSoThatNothingIsSkippedRoundedOrGuessed() {
        CaptureState state = new CaptureState(
                1,
                "shop",
                new CaptureState.Server("1", 1, 1),
                new CaptureState.Slot("s", null, null),
                new CaptureState.Publication("p", 1, "7", Map.of(), Map.of(), Map.of()),
                1,
                null,
                "secret-placeholder");
        Properties settings = EngineSettings.of(config(), state, Map.of());

        assertThat(settings)
                .containsEntry("plugin.name", "pgoutput")
                .containsEntry("snapshot.mode", "initial")
                .containsEntry("skipped.operations", "none")
                .containsEntry("provide.transaction.metadata", "true")
                .containsEntry("offset.mismatch.strategy", "trust_offset")
                .containsEntry("lsn.flush.mode", "connector")
                .containsEntry("decimal.handling.mode", "precise")
                .containsEntry("time.precision.mode", "microseconds")
                .containsEntry("interval.handling.mode", "string")
                .containsEntry("include.unknown.datatypes", "true")
                .containsEntry("slot.drop.on.stop", "false")
                .containsEntry("slot.failover", "true")
                .containsEntry("database.sslmode", "verify-full")
                .containsEntry("publication.autocreate.mode", "disabled")
                .containsEntry("unavailable.value.placeholder", "secret-placeholder")
                .containsEntry("table.include.list", "(?-i)public\\x{2e}a,(?-i)public\\x{2e}b");
    }

    @Test
    void readsAndWritesLogPositionsUnsigned() {
        Lsn high = Lsn.parse("FFFFFFFF/FFFFFFFF");

        assertThat(high.toString()).isEqualTo("FFFFFFFF/FFFFFFFF");
        assertThat(high.isAfter(Lsn.parse("0/1"))).isTrue();
        assertThat(Lsn.parse("1/2").value()).isEqualTo(0x100000002L);
        assertThatThrownBy(() -> Lsn.parse("12")).hasMessageContaining("log position");
    }
}
