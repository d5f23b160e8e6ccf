package dev.sluice.deploy.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.deploy.demo.DemoHome;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import io.apicurio.registry.utils.converter.avro.AvroData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;

/**
 * Fills {@code shop.public.customers} as a Kafka Connect worker of somebody else does: Debezium's envelope with the
 * stock settings (no transaction metadata, tombstones on), Avro by the Confluent converter, schemas registered over
 * REST. Nothing of it comes from our capture.
 */
final class ForeignConnect implements AutoCloseable {

    static final String TOPIC = "shop.public.customers";
    static final int PARTITIONS = 2;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long COMMIT_MILLIS = 1_763_000_000_000L;
    private static final String KEY =
            """
            {"type":"record","name":"Key","namespace":"shop.public.customers",\
            "fields":[{"name":"id","type":"long"}],"connect.name":"shop.public.customers.Key"}""";
    private static final String TEXT = "{\"name\":\"%s\",\"type\":\"string\"},";
    private static final String OPTIONAL = "{\"name\":\"%s\",\"type\":[\"null\",\"string\"],\"default\":null},";
    private static final String COLUMNS = "{\"name\":\"id\",\"type\":\"long\"},"
            + TEXT.formatted("full_name")
            + TEXT.formatted("email")
            + OPTIONAL.formatted("phone")
            + """
            {"name":"birth_date","type":["null",{"type":"int","connect.version":1,\
            "connect.name":"io.debezium.time.Date"}],"default":null},"""
            + OPTIONAL.formatted("street")
            + OPTIONAL.formatted("city")
            + OPTIONAL.formatted("postcode")
            + TEXT.formatted("country")
            + """
            {"name":"prefs","type":{"type":"string","connect.version":1,\
            "connect.name":"io.debezium.data.Json"}},\
            {"name":"created_at","type":{"type":"string","connect.version":1,\
            "connect.name":"io.debezium.time.ZonedTimestamp"}},\
            {"name":"updated_at","type":{"type":"long","connect.version":1,\
            "connect.name":"io.debezium.time.MicroTimestamp"}}""";
    private static final String ENVELOPE =
            """
            {"type":"record","name":"Envelope","namespace":"shop.public.customers","fields":[
             {"name":"before","type":["null",{"type":"record","name":"Value","fields":[%s],
               "connect.name":"shop.public.customers.Value"}],"default":null},
             {"name":"after","type":["null","Value"],"default":null},
             {"name":"source","type":{"type":"record","name":"Source","namespace":"io.debezium.connector.postgresql",
               "fields":[{"name":"version","type":"string"},{"name":"connector","type":"string"},
                {"name":"name","type":"string"},{"name":"ts_ms","type":"long"},
                {"name":"snapshot","type":[{"type":"string","connect.version":1,"connect.parameters":{"allowed":
                  "true,first,first_in_data_collection,last_in_data_collection,last,false,incremental"},
                  "connect.default":"false","connect.name":"io.debezium.data.Enum"},"null"],"default":"false"},
                {"name":"db","type":"string"},{"name":"sequence","type":["null","string"],"default":null},
                {"name":"ts_us","type":["null","long"],"default":null},
                {"name":"ts_ns","type":["null","long"],"default":null},
                {"name":"schema","type":"string"},{"name":"table","type":"string"},
                {"name":"txId","type":["null","long"],"default":null},
                {"name":"lsn","type":["null","long"],"default":null},
                {"name":"xmin","type":["null","long"],"default":null}],
               "connect.name":"io.debezium.connector.postgresql.Source"}},
             {"name":"transaction","type":["null",{"type":"record","name":"block","namespace":"event",
               "fields":[{"name":"id","type":"string"},{"name":"total_order","type":"long"},
                {"name":"data_collection_order","type":"long"}],"connect.version":1,"connect.name":"event.block"}],
               "default":null},
             {"name":"op","type":"string"},{"name":"ts_ms","type":["null","long"],"default":null},
             {"name":"ts_us","type":["null","long"],"default":null},
             {"name":"ts_ns","type":["null","long"],"default":null}],
             "connect.version":2,"connect.name":"shop.public.customers.Envelope"}""";

    private final Schema key = new Schema.Parser().parse(KEY);
    private final Schema envelope = new Schema.Parser().parse(ENVELOPE.formatted(COLUMNS));
    private final Map<Schema, Integer> ids = new HashMap<>();
    private final AvroData connect = new AvroData(10);
    private final JsonConverter json = new JsonConverter();
    private final String topic;
    private final URI registry;
    private final KafkaProducer<byte[], byte[]> producer;
    private long lsn = 0x1_6B37_4D48L;
    private long written;

    /** Registers the schemas and makes the topic unless they are there. */
    ForeignConnect(EmbeddedRuntime runtime) throws IOException, InterruptedException, ExecutionException {
        this(runtime, TOPIC, false);
    }

    /** Writes to that topic, and JSON of Kafka Connect's own converter instead of Avro when asked to. */
    ForeignConnect(EmbeddedRuntime runtime, String topic, boolean writesJson)
            throws IOException, InterruptedException, ExecutionException {
        this.topic = topic;
        this.registry = writesJson ? URI.create("http://none.invalid") : runtime.registryUrl();
        json.configure(Map.of("schemas.enable", true), false);
        if (!writesJson) {
            ids.put(key, register(topic + "-key", key));
            ids.put(envelope, register(topic + "-value", envelope));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", runtime.kafkaBootstrap()))) {
            if (!admin.listTopics().names().get().contains(topic)) {
                admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                        .all()
                        .get();
            }
        }
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", runtime.kafkaBootstrap(),
                        "acks", "all",
                        "transactional.id", "connect-cluster-shop-0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    /** A pipeline file over what it writes, in that folder. */
    static Path pipeline(Path folder, EmbeddedRuntime runtime, String trigger, int maxRecords) throws IOException {
        return Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                apiVersion: sluice/v1
                name: shop
                source:
                  type: topics
                  tables: [public.customers]
                transport:
                  bootstrap: %s
                  registry: %s
                policy:
                  dir: %s
                  consumer: lake-analytics
                run:
                  trigger: %s
                  max-records: %d
                """
                        .formatted(
                                runtime.kafkaBootstrap(),
                                runtime.registryUrl(),
                                DemoHome.samplePolicy(),
                                trigger,
                                maxRecords));
    }

    /** Writes that in one transaction and commits it. */
    void committed(Runnable work) {
        long before = written;
        producer.beginTransaction();
        work.run();
        producer.commitTransaction();
        if (written == before) {
            throw new IllegalStateException("a transaction without records leaves no mark");
        }
    }

    /** Writes that in one transaction and takes it back. */
    void aborted(Runnable work) {
        long before = written;
        producer.beginTransaction();
        work.run();
        producer.flush();
        producer.abortTransaction();
        written = before;
    }

    /** Writes that and leaves the transaction open. */
    void open(Runnable work) {
        long before = written;
        producer.beginTransaction();
        work.run();
        producer.flush();
        written = before;
    }

    /** Records that are committed. */
    long written() {
        return written;
    }

    /** A row of the snapshot, which is all at one log position. */
    void read(GenericData.Record row, String snapshot) {
        send(row, change("r", Optional.empty(), Optional.of(row), snapshot));
    }

    void create(GenericData.Record row) {
        lsn += 0x58;
        send(row, change("c", Optional.empty(), Optional.of(row), "false"));
    }

    /** A change of a table with full replica identity. */
    void update(GenericData.Record before, GenericData.Record after) {
        lsn += 0x58;
        send(after, change("u", Optional.of(before), Optional.of(after), "false"));
    }

    /** A change of a table with default replica identity: Connect sends no row before it. */
    void update(GenericData.Record after) {
        lsn += 0x58;
        send(after, change("u", Optional.empty(), Optional.of(after), "false"));
    }

    /** A delete and the tombstone that follows it. */
    void delete(GenericData.Record row) {
        lsn += 0x58;
        send(row, change("d", Optional.of(row), Optional.empty(), "false"));
        send(new ProducerRecord<>(topic, partition(row), keyOf(row), null));
    }

    /** A changed key: the row goes and comes at one position, linked by headers as a worker writes them by default. */
    void rekey(GenericData.Record before, GenericData.Record after) {
        lsn += 0x58;
        send(linked(before, change("d", Optional.of(before), Optional.empty(), "false"), "newkey", after));
        send(new ProducerRecord<>(topic, partition(before), keyOf(before), null));
        send(linked(after, change("c", Optional.empty(), Optional.of(after), "false"), "oldkey", before));
    }

    private ProducerRecord<byte[], byte[]> linked(
            GenericData.Record row, GenericData.Record change, String link, GenericData.Record other) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition(row), keyOf(row), framed(change));
        byte[] text = ("{\"id\":" + other.get("id") + "}").getBytes(StandardCharsets.UTF_8);
        record.headers().add("__debezium." + link, text);
        return record;
    }

    /** A customer; the marker is in every column that must not go out in clear. */
    GenericData.Record customer(long id, String city, String marker) {
        GenericData.Record row = new GenericData.Record(
                envelope.getField("after").schema().getTypes().get(1));
        Map.of(
                        "id",
                        id,
                        "full_name",
                        "Ana " + marker,
                        "email",
                        marker + "@example.org",
                        "phone",
                        "+990" + String.format("%09d", id),
                        "birth_date",
                        7000,
                        "street",
                        "Rua " + marker,
                        "city",
                        city,
                        "postcode",
                        "1234-567",
                        "country",
                        "PT",
                        "prefs",
                        "{\"note\":\"" + marker + "\"}")
                .forEach(row::put);
        row.put("created_at", "2026-11-01T08:00:00.000000Z");
        row.put("updated_at", COMMIT_MILLIS * 1000 + id);
        return row;
    }

    @Override
    public void close() {
        producer.close();
    }

    private GenericData.Record change(
            String op, Optional<GenericData.Record> before, Optional<GenericData.Record> after, String snapshot) {
        GenericData.Record source =
                new GenericData.Record(envelope.getField("source").schema());
        long millis = COMMIT_MILLIS + (lsn - 0x1_6B37_4D48L);
        Map<String, Object> fields = new HashMap<>(
                Map.of("version", "3.0.0.Final", "connector", "postgresql", "name", "shop", "db", "shop"));
        fields.putAll(Map.of("schema", "public", "table", "customers", "snapshot", snapshot, "lsn", lsn));
        fields.putAll(Map.of("ts_ms", millis, "ts_us", millis * 1000, "ts_ns", millis * 1_000_000, "txId", lsn % 1000));
        fields.put("sequence", "[\"" + (lsn - 8) + "\",\"" + lsn + "\"]");
        fields.forEach(source::put);
        GenericData.Record change = new GenericData.Record(envelope);
        change.put("before", before.orElse(null));
        change.put("after", after.orElse(null));
        change.put("source", source);
        change.put("op", op);
        change.put("ts_ms", millis + 40);
        change.put("ts_us", (millis + 40) * 1000);
        change.put("ts_ns", (millis + 40) * 1_000_000);
        return change;
    }

    private void send(GenericData.Record row, GenericData.Record change) {
        send(new ProducerRecord<>(topic, partition(row), keyOf(row), framed(change)));
    }

    /** A failed send fails the commit or the flush that follows. */
    private void send(ProducerRecord<byte[], byte[]> record) {
        Future<RecordMetadata> unused = producer.send(record);
        written++;
    }

    private static int partition(GenericData.Record row) {
        return (int) ((Long) row.get("id") % PARTITIONS);
    }

    private byte[] keyOf(GenericData.Record row) {
        GenericData.Record record = new GenericData.Record(key);
        record.put("id", row.get("id"));
        return framed(record);
    }

    /** A value that no schema comes with. */
    void bare(long id) {
        byte[] text = ("{\"id\":" + id + "}").getBytes(StandardCharsets.UTF_8);
        send(new ProducerRecord<>(topic, (int) (id % PARTITIONS), text, text));
    }

    private byte[] framed(GenericData.Record record) {
        if (ids.isEmpty()) {
            SchemaAndValue value = connect.toConnectData(record.getSchema(), record);
            return json.fromConnectData(topic, value.schema(), value.value());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.writeBytes(
                ByteBuffer.allocate(4).putInt(ids.get(record.getSchema())).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private int register(String subject, Schema schema) throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(Map.of("schema", schema.toString()));
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry + "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the registry refused the schema of " + subject + ": " + answer.body());
        }
        return JSON.readTree(answer.body()).required("id").asInt();
    }
}
