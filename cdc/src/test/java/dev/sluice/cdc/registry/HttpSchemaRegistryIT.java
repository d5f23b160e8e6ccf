package dev.sluice.cdc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.testkit.TestStack;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.junit.jupiter.api.Test;

/** Our client against a real server, with Confluent's own client beside it. */
class HttpSchemaRegistryIT {

    private static final String V1 =
            "{\"type\":\"record\",\"name\":\"Value\",\"namespace\":\"shop\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"}],"
                    + "\"connect.name\":\"shop.Value\"}";
    private static final String V2 =
            "{\"type\":\"record\",\"name\":\"Value\",\"namespace\":\"shop\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"},"
                    + "{\"name\":\"city\",\"type\":[\"null\",\"string\"],\"default\":null}]}";
    private static final String BREAKING =
            "{\"type\":\"record\",\"name\":\"Value\",\"namespace\":\"shop\",\"fields\":[{\"name\":\"id\",\"type\":\"string\"}]}";

    private final RegistrySettings settings =
            RegistrySettings.at(TestStack.shared().registry().address());
    private final SchemaRegistry ours = new HttpSchemaRegistry(settings);
    private final SchemaRegistryClient theirs =
            new CachedSchemaRegistryClient(settings.address().toString(), 100, Map.of());
    private final String subject = "shop.a/b c." + UUID.randomUUID() + "-value";

    @Test
    void confluentsClientReadsWhatOursRegistered() throws IOException, RestClientException {
        int id = ours.register(subject, V1);

        assertThat(theirs.getSchemaById(id).canonicalString()).isEqualTo(new AvroSchema(V1).canonicalString());
        assertThat(theirs.getAllSubjects()).contains(subject);
        assertThat(theirs.getId(subject, new AvroSchema(V1))).isEqualTo(id);
    }

    @Test
    void oursReadsWhatConfluentsClientRegistered() throws IOException, RestClientException {
        int id = theirs.register(subject, new AvroSchema(V2));

        assertThat(SchemaFingerprint.of(ours.schema(id).orElseThrow())).isEqualTo(SchemaFingerprint.of(V2));
        assertThat(ours.find(subject, V2)).contains(id);
        assertThat(ours.register(subject, V2)).isEqualTo(id);
    }

    @Test
    void theSameSchemaUnderAnotherSubjectHasTheSameId() {
        assertThat(ours.register(subject, V1)).isEqualTo(ours.register(subject + "2", V1));
    }

    @Test
    void theCacheAcceptsWhatTheServerMakesOfARegistration() {
        CachedSchemaRegistry cache = new CachedSchemaRegistry(ours);
        int id = cache.register(subject, V1);
        CachedSchemaRegistry other = new CachedSchemaRegistry(ours);

        assertThat(SchemaFingerprint.of(other.schema(id).orElseThrow())).isEqualTo(SchemaFingerprint.of(V1));
        assertThat(other.register(subject, V1)).isEqualTo(id);
    }

    @Test
    void saysDefinitelyThatAnIdIsMissing() {
        assertThat(ours.schema(2_000_000_000)).isEmpty();
        assertThat(ours.schema(-1)).isEmpty();
        assertThat(ours.find("nobody", V1)).isEmpty();
        ours.register(subject, V1);
        assertThat(ours.find(subject, V2)).isEmpty();
    }

    @Test
    void holdsTheCompatibilityLevelOfASubject() throws IOException, RestClientException {
        ours.register(subject, V1);
        ours.compatibility(subject, SchemaRegistry.Compatibility.BACKWARD);

        assertThat(theirs.getCompatibility(subject)).isEqualTo("BACKWARD");
        assertThat(ours.compatible(subject, V2)).isTrue();
        assertThat(ours.compatible(subject, BREAKING)).isFalse();
        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(() -> ours.register(subject, BREAKING))
                .satisfies(e -> assertThat(e.code()).isEqualTo("CDC-104"));
        assertThat(ours.compatible("nobody" + subject, V1)).isTrue();
    }

    @Test
    void refusesWhatIsNoSchema() {
        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(() -> ours.register(subject, "{\"type\":\"nonsense\"}"))
                .satisfies(e -> assertThat(e.code()).isEqualTo("CDC-105"));
    }
}
