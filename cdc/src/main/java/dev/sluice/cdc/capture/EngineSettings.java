package dev.sluice.cdc.capture;

import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.postgres.ValueColumns;
import dev.sluice.cdc.capture.value.ValueSettings;
import io.debezium.connector.postgresql.PostgresConnector;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Makes the settings of the embedded engine, so that no change is lost, skipped or rounded. */
final class EngineSettings {
    private static final Duration STOP = Duration.ofSeconds(4);

    private EngineSettings() {}

    /** All settings for one run of the engine. */
    static Properties of(CaptureConfig config, CaptureState state, Map<TableName, ValueColumns> columns) {
        Properties settings = new Properties();
        engine(settings, config);
        connection(settings, config.source().database());
        replication(settings, config);
        snapshot(settings);
        values(settings, state.placeholder());
        ValueSettings.add(settings, state.placeholder(), columns);
        String left = columns.entrySet().stream()
                .flatMap(table ->
                        table.getValue().notInLog().stream().map(column -> pattern(table.getKey() + "." + column)))
                .collect(Collectors.joining(","));
        if (!left.isEmpty()) {
            settings.setProperty("column.exclude.list", left);
        }
        keys(settings, columns);
        return settings;
    }

    /** The engine knows primary keys; it would take any unique index of another table, also one that nulls escape. */
    private static void keys(Properties settings, Map<TableName, ValueColumns> columns) {
        String told = columns.entrySet().stream()
                .filter(table -> !table.getValue().key().isEmpty())
                .map(table -> pattern(table.getKey().toString()) + ":"
                        + table.getValue().key().stream()
                                .map(EngineSettings::pattern)
                                .collect(Collectors.joining(",")))
                .collect(Collectors.joining(";"));
        if (!told.isEmpty()) {
            settings.setProperty("message.key.columns", told);
        }
    }

    private static void engine(Properties settings, CaptureConfig config) {
        settings.setProperty("name", config.source().name());
        // The worker settings of Connect demand an address, although the engine itself never calls a broker.
        settings.setProperty("bootstrap.servers", config.transport().bootstrap());
        settings.setProperty("connector.class", PostgresConnector.class.getName());
        settings.setProperty("offset.storage", OffsetFile.class.getName());
        settings.setProperty(
                "offset.storage.file.filename",
                config.stateFolder().resolve(StateFolder.OFFSETS).toString());
        settings.setProperty("offset.flush.timeout.ms", "10000");
        // DebeziumCapture restarts the engine, so that StartGate checks the slot each time.
        settings.setProperty("errors.max.retries", "0");
        settings.setProperty("record.processing.shutdown.timeout.ms", Long.toString(STOP.toMillis()));
        settings.setProperty("task.management.timeout.ms", "8000");
        settings.setProperty("max.batch.size", "4096");
        settings.setProperty("max.queue.size", "16384");
        settings.setProperty("max.queue.size.in.bytes", Long.toString(64L << 20));
        settings.setProperty("poll.interval.ms", "50");
    }

    private static void connection(Properties settings, PostgresDatabase database) {
        settings.setProperty("database.hostname", database.host());
        settings.setProperty("database.port", Integer.toString(database.port()));
        settings.setProperty("database.dbname", database.name());
        settings.setProperty("database.user", database.user());
        settings.setProperty("database.password", database.password().reveal());
        settings.setProperty("database.connectTimeout", "10");
        settings.setProperty("database.tcpKeepAlive", "true");
        database.tls().driverSettings().forEach((name, value) -> settings.setProperty("database." + name, value));
        // A policy that comes later must not filter a snapshot without a word: the server then refuses the query.
        settings.setProperty("database.initial.statements", "SET row_security = off");
    }

    private static void replication(Properties settings, CaptureConfig config) {
        settings.setProperty("topic.prefix", config.source().name());
        settings.setProperty(
                "table.include.list",
                config.source().tables().stream()
                        .map(TableName::toString)
                        .map(EngineSettings::pattern)
                        .collect(Collectors.joining(",")));
        settings.setProperty("plugin.name", "pgoutput");
        settings.setProperty("slot.name", config.replication().slot());
        settings.setProperty("slot.drop.on.stop", "false");
        // Two engines of one process must not register their metrics under one name.
        settings.setProperty(
                "custom.metric.tags", "slot=" + config.replication().slot());
        // A server from version 17 on can copy such a slot to its standbys; the engine ignores the setting before.
        settings.setProperty("slot.failover", "true");
        settings.setProperty("slot.max.retries", "2");
        settings.setProperty("slot.retry.delay.ms", "1000");
        // StartGate creates and checks the publication, and notices a table that left it for a while.
        settings.setProperty("publication.name", config.replication().publication());
        settings.setProperty("publication.autocreate.mode", "disabled");
        // Refuse a slot that is ahead of the stored position, because the changes between would be missing.
        settings.setProperty("offset.mismatch.strategy", "trust_offset");
        settings.setProperty("lsn.flush.mode", "connector");
        settings.setProperty("lsn.flush.timeout.action", "fail");
        settings.setProperty("provide.transaction.metadata", "true");
        settings.setProperty("skipped.operations", "none");
        settings.setProperty("tombstones.on.delete", "true");
        settings.setProperty("extended.headers.enabled", "false");
        settings.setProperty("message.prefix.exclude.list", ".*");
        settings.setProperty(
                "heartbeat.interval.ms",
                Long.toString(config.replication().heartbeat().toMillis()));
        // An idle source writes nothing that reaches the slot. A message in the log needs no table of the user.
        settings.setProperty("heartbeat.action.query", "SELECT pg_logical_emit_message(false, 'sluice', '')");
    }

    private static void snapshot(Properties settings) {
        settings.setProperty("snapshot.mode", "initial");
        settings.setProperty("snapshot.locking.mode", "none");
        settings.setProperty("snapshot.isolation.mode", "repeatable_read");
    }

    private static void values(Properties settings, String placeholder) {
        settings.setProperty("decimal.handling.mode", "precise");
        settings.setProperty("time.precision.mode", "microseconds");
        settings.setProperty("interval.handling.mode", "string");
        settings.setProperty("hstore.handling.mode", "json");
        settings.setProperty("binary.handling.mode", "bytes");
        settings.setProperty("include.unknown.datatypes", "true");
        settings.setProperty("unavailable.value.placeholder", placeholder);
        settings.setProperty("schema.name.adjustment.mode", "none");
        settings.setProperty("field.name.adjustment.mode", "none");
        settings.setProperty("event.processing.failure.handling.mode", "fail");
        // The default puts null in the place of a value that it cannot convert.
        settings.setProperty("event.converting.failure.handling.mode", "fail");
    }

    /** The name as a regular expression that matches it alone; by itself the engine takes no notice of case. */
    static String pattern(String name) {
        StringBuilder pattern = new StringBuilder("(?-i)");
        name.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || c == '_') {
                pattern.appendCodePoint(c);
            } else {
                pattern.append(String.format(Locale.ROOT, "\\x{%x}", c));
            }
        });
        return pattern.toString();
    }
}
