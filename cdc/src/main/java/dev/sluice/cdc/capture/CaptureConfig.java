package dev.sluice.cdc.capture;

import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.TableErrors;
import dev.sluice.cdc.capture.table.TableSelection;
import dev.sluice.cdc.registry.RegistrySettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Says what to capture, and where to write it.
 *
 * @param source the database and its tables
 * @param replication slot, publication, heartbeat
 * @param transport broker and registry
 * @param retry how to start again while a service is away
 * @param stateFolder folder of this capture alone: offsets, fingerprint of the slot; losing it means a new snapshot
 */
public record CaptureConfig(
        CapturedSource source, Replication replication, RawTransport transport, Retry retry, Path stateFolder) {

    /**
     * Says which tables of which database to capture.
     *
     * @param name name of the source, first part of every topic; letters, digits and underscores
     * @param database address and role
     * @param tables tables by exact name: those that the selection names, as far as they are known
     * @param selection names the tables, some of them by patterns perhaps
     */
    public record CapturedSource(
            String name, PostgresDatabase database, List<TableName> tables, TableSelection selection) {
        private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

        public CapturedSource {
            require(NAME.matcher(name).matches(), "name", "must be letters, digits and underscores");
            require(!tables.isEmpty() || selection.hasPatterns(), "source.tables", "must name at least one table");
            require(tables.stream().distinct().count() == tables.size(), "source.tables", "names a table twice");
            tables = tables.stream().sorted().toList();
        }

        /** Exactly these tables. */
        public CapturedSource(String name, PostgresDatabase database, List<TableName> tables) {
            this(name, database, tables, TableSelection.exactly(tables));
        }

        /** The tables of that selection. */
        public CapturedSource(String name, PostgresDatabase database, TableSelection selection) {
            this(name, database, selection.exact(), selection);
        }

        /** The same source with these tables only. */
        CapturedSource of(List<TableName> some) {
            return new CapturedSource(name, database, selection.only(some));
        }

        /** The raw topic of a table: {@code name.schema.table}. */
        public String topic(TableName table) {
            return name + "." + table;
        }
    }

    /**
     * Names slot and publication, and sets the heartbeat.
     *
     * @param slot replication slot, used by this capture alone; created when missing at the first start
     * @param publication publication of the tables; created when missing at the first start
     * @param heartbeat how often capture writes a message into the log of an idle source, so that the slot moves
     * @param warnAt bytes of log that the server keeps for the slot, from which on a person is warned
     */
    public record Replication(String slot, String publication, Duration heartbeat, long warnAt) {

        /** Default of {@link #warnAt()}: 1 GiB. */
        public static final long WARN_AT = 1L << 30;

        private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
        private static final String PART = "_snapshot";
        private static final int LONGEST = 63;

        public Replication {
            require(NAME.matcher(slot).matches(), "source.slot", "must be lower case letters, digits, underscores");
            require(
                    NAME.matcher(publication).matches(),
                    "source.publication",
                    "must be lower case letters, digits, underscores");
            require(heartbeat.toMillis() >= 100, "the heartbeat of the slot", "must be at least 100 ms");
        }

        /** The same with the usual size of log to warn at. */
        public Replication(String slot, String publication, Duration heartbeat) {
            this(slot, publication, heartbeat, WARN_AT);
        }

        /** Slot and publication {@code sluice_<source>}, a heartbeat every five seconds. */
        public static Replication of(String source) {
            String name = "sluice_" + source.toLowerCase(java.util.Locale.ROOT);
            return new Replication(name, name, Duration.ofSeconds(5));
        }

        /** The same for a capture that reads one table anew, with a slot of its own. */
        public Replication ofPart() {
            return new Replication(slotOfPart(slot), publication, heartbeat, warnAt);
        }

        /** The slot of a capture that reads one table anew, beside that slot of the capture of all tables. */
        public static String slotOfPart(String slot) {
            return slot.substring(0, Math.min(slot.length(), LONGEST - PART.length())) + PART;
        }
    }

    /**
     * Says where the raw topics and their schemas are.
     *
     * @param bootstrap broker addresses
     * @param registry the schema registry
     * @param topics how raw topics are made
     * @param client further settings of the Kafka clients, for example security
     */
    public record RawTransport(
            String bootstrap, RegistrySettings registry, TopicSettings topics, Map<String, String> client) {

        public RawTransport {
            require(!bootstrap.isBlank(), "transport.bootstrap", "must name at least one broker");
            client = Map.copyOf(client);
        }

        /** One broker, seven days, one copy. */
        public static RawTransport of(String bootstrap, RegistrySettings registry) {
            return new RawTransport(bootstrap, registry, TopicSettings.STANDARD, Map.of());
        }

        /** Settings of the producer for a source, so that the broker stores every record once and in order. */
        Map<String, Object> producer(String source) {
            Map<String, Object> settings = new HashMap<>(client);
            settings.put("bootstrap.servers", bootstrap);
            settings.put("client.id", "sluice-capture-" + source);
            settings.put("acks", "all");
            settings.put("enable.idempotence", true);
            settings.put("compression.type", "lz4");
            settings.put("linger.ms", 5);
            settings.put("batch.size", 256 << 10);
            settings.put("buffer.memory", 2L * topics.maxRecordBytes());
            settings.put("max.request.size", topics.maxRecordBytes());
            settings.put("max.block.ms", 15_000);
            settings.put("request.timeout.ms", 10_000);
            settings.put("delivery.timeout.ms", 30_000);
            return settings;
        }

        @Override
        public String toString() {
            return "RawTransport[" + bootstrap + ", " + registry.address() + "]";
        }
    }

    /**
     * Says how raw topics are made.
     *
     * @param retention how long raw topics keep records; they hold clear data
     * @param replicas copies of each raw topic; with one copy every append is flushed to disk
     * @param maxRecordBytes the largest record that raw topics take
     */
    public record TopicSettings(Duration retention, int replicas, int maxRecordBytes) {

        /** Seven days, one copy, 32 MiB. */
        public static final TopicSettings STANDARD = new TopicSettings(Duration.ofDays(7), 1, 32 << 20);

        public TopicSettings {
            require(replicas >= 1 && replicas <= 9, "transport.topics.replicas", "must be between 1 and 9");
            require(retention.toMinutes() >= 1, "transport.topics.retention", "must be at least a minute");
            require(maxRecordBytes >= 64 << 10, "transport.topics.max-record", "must be at least 64 KiB");
        }

        /** Most bytes of a value. Key, headers and a value that compression makes longer need the rest of a record. */
        int maxValueBytes() {
            return maxRecordBytes - maxRecordBytes / 32;
        }
    }

    /**
     * Says how to start again while a service is away.
     *
     * @param attempts starts without any progress between them before capture gives up, at least 1
     * @param first wait before the second start; doubles each time
     * @param longest longest wait
     */
    public record Retry(int attempts, Duration first, Duration longest) {

        public Retry {
            require(attempts >= 1, "the number of attempts", "must be at least 1");
            require(!first.isNegative() && !longest.isNegative(), "the first wait", "must not be negative");
        }

        /** As long as the outage lasts, half a second to fifteen seconds apart. */
        public static Retry standard() {
            return new Retry(Integer.MAX_VALUE, Duration.ofMillis(500), Duration.ofSeconds(15));
        }

        /**
         * The wait after that many starts in a row without progress. Half of the wait is random, so that many captures
         * do not come back to a server at the same moment.
         */
        public Duration after(int failures, RandomGenerator random) {
            Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, 20));
            long millis = (doubled.compareTo(longest) < 0 ? doubled : longest).toMillis();
            return Duration.ofMillis(millis - random.nextLong(millis / 2 + 1));
        }
    }

    /**
     * The same settings with every table that they name now: by exact name, by a pattern in the catalog, or by a
     * pattern among the tables that have a snapshot.
     */
    public CaptureConfig expanded(SourceCatalog catalog) throws SQLException {
        if (!source.selection().hasPatterns()) {
            return this;
        }
        List<TableName> known = new ArrayList<>(catalog.tables());
        read().stream().map(TableName::parse).forEach(known::add);
        CapturedSource all = new CapturedSource(
                source.name(), source.database(), source.selection().among(known), source.selection());
        return new CaptureConfig(all, replication, transport, retry, stateFolder);
    }

    /**
     * The same, with a question to the database where patterns need one.
     *
     * @throws dev.sluice.cdc.CaptureException {@code CDC-126} when the settings name no table
     */
    CaptureConfig expanded() {
        if (!source.selection().hasPatterns()) {
            return this;
        }
        try (Connection connection = source.database().connect()) {
            CaptureConfig all = expanded(new SourceCatalog(connection));
            if (all.source().tables().isEmpty()) {
                throw TableErrors.nothingNamed(source.selection());
            }
            return all;
        } catch (SQLException e) {
            throw Causes.sql(source.database(), e);
        }
    }

    /** The tables that have a raw topic; one that has been read keeps its topic. */
    List<TableName> withTopics() {
        return TableSelection.withTopics(source.tables(), read());
    }

    /** The table whose raw topic is in the way of that of the given table. */
    Optional<TableName> rivalOf(TableName table) {
        return withTopics().stream()
                .filter(other -> !other.equals(table) && other.inTopics().equals(table.inTopics()))
                .findFirst();
    }

    /** The tables that were read, also those that are held. */
    private Set<String> read() {
        return StateFolder.known(stateFolder)
                .map(state -> state.publication().tables().keySet())
                .orElse(Set.of());
    }

    /** The same settings for these tables only. */
    CaptureConfig of(List<TableName> tables) {
        return new CaptureConfig(source.of(tables), replication, transport, retry, stateFolder);
    }

    /** The settings of a capture that reads one table anew and tries once, with its state in that folder. */
    public CaptureConfig part(TableName table, Path folder) {
        Retry once = new Retry(1, Duration.ZERO, Duration.ZERO);
        return new CaptureConfig(source.of(List.of(table)), replication.ofPart(), transport, once, folder);
    }

    private static void require(boolean holds, String key, String rule) {
        if (!holds) {
            throw CaptureErrors.badSetting(key, rule);
        }
    }
}
