package dev.sluice.cdc.testkit;

import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.DebeziumCapture;
import dev.sluice.cdc.capture.cut.Cut;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.Secret;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.registry.CachedSchemaRegistry;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.cdc.registry.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A database of its own on the shared stack, the settings to capture it, and its raw topics read back with the stock
 * Avro reader.
 *
 * @param stack the stack
 * @param database the database
 * @param config the settings
 * @param registry the registry
 */
public record TestSource(
        TestStack stack, TestPostgres.Database database, CaptureConfig config, SchemaRegistry registry) {

    private static final AtomicInteger SOURCES = new AtomicInteger();

    /** A new database with these statements run, captured under a name that no other test has. */
    public static TestSource create(Path stateFolder, List<String> tables, String... statements) {
        return create(stateFolder, tables, TestStack.shared().postgres(), statements);
    }

    /** The same on another database server. */
    public static TestSource create(Path stateFolder, List<String> tables, TestPostgres server, String... statements) {
        TestStack stack = TestStack.shared();
        TestPostgres.Database database = server.createDatabase();
        database.run(statements);
        String name = "shop" + SOURCES.incrementAndGet();
        RegistrySettings settings = RegistrySettings.at(stack.registry().address());
        CaptureConfig config = new CaptureConfig(
                new CaptureConfig.CapturedSource(
                        name,
                        new PostgresDatabase(
                                "127.0.0.1", database.port(), database.name(), "postgres", Secret.of("unused")),
                        tables.stream().map(TableName::parse).toList()),
                new CaptureConfig.Replication("sluice_" + name, "sluice_" + name, Duration.ofMillis(500)),
                CaptureConfig.RawTransport.of(stack.kafka().bootstrap(), settings),
                new CaptureConfig.Retry(20, Duration.ofMillis(200), Duration.ofSeconds(1)),
                stateFolder);
        return new TestSource(stack, database, config, CachedSchemaRegistry.shared(settings));
    }

    /** The same source with another heartbeat. */
    public TestSource withHeartbeat(Duration heartbeat) {
        CaptureConfig.Replication replication = new CaptureConfig.Replication(
                config.replication().slot(), config.replication().publication(), heartbeat);
        return with(new CaptureConfig(
                config.source(), replication, config.transport(), config.retry(), config.stateFolder()));
    }

    /** The same source with a capture of those tables. */
    public TestSource with(CaptureConfig.CapturedSource captured) {
        return with(new CaptureConfig(
                captured, config.replication(), config.transport(), config.retry(), config.stateFolder()));
    }

    /** The same source captured with other settings. */
    public TestSource with(CaptureConfig other) {
        return new TestSource(stack, database, other, registry);
    }

    /** Starts a capture of this source; the caller closes it. */
    public DebeziumCapture capture() {
        DebeziumCapture capture = new DebeziumCapture(config, registry);
        capture.start();
        return capture;
    }

    /** The raw topic of a table. */
    public String topic(String table) {
        return config.source().topic(TableName.parse(table));
    }

    /** Every record in the raw topic of the table, as bytes. */
    public List<ConsumerRecord<byte[], byte[]>> raw(String table) {
        return stack.kafka().records(topic(table));
    }

    /** Every change in the raw topic of the table, tombstones left out. */
    public List<GenericRecord> changes(String table) {
        return raw(table).stream()
                .filter(record -> record.value() != null)
                .map(record -> read(record.value()))
                .toList();
    }

    /** The operations in the raw topic of the table in order, {@code -} for a tombstone. */
    public String operations(String table) {
        StringBuilder operations = new StringBuilder();
        for (ConsumerRecord<byte[], byte[]> record : raw(table)) {
            operations.append(
                    record.value() == null
                            ? "-"
                            : read(record.value()).get("op").toString());
        }
        return operations.toString();
    }

    /** Begin and end markers of transactions. */
    public Stream<GenericRecord> transactions() {
        return stack.kafka().records(config.source().name() + ".transaction").stream()
                .map(record -> read(record.value()));
    }

    /** The cuts of capture in order. */
    public List<Cut> cuts() {
        String topic = Cut.topic(config.source().name());
        return stack.kafka().records(topic).stream()
                .map(record -> Cut.parse(topic, record.value()))
                .toList();
    }

    /** Reads bytes in the Confluent wire format. */
    public GenericRecord read(byte[] framed) {
        ByteBuffer buffer = ByteBuffer.wrap(framed);
        if (buffer.get() != 0) {
            throw new IllegalStateException("no magic byte");
        }
        Schema schema =
                new Schema.Parser().parse(registry.schema(buffer.getInt()).orElseThrow());
        try {
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(framed, 5, framed.length - 5, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
