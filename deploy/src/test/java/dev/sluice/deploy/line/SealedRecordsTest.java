package dev.sluice.deploy.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.cdc.decode.DecodeSettings;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.deploy.demo.DemoHome;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.masking.Guarded;
import dev.sluice.masking.SealedRejection;
import dev.sluice.masking.seal.DeadLetterSeal;
import dev.sluice.masking.seal.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stages make of dead letters, with a registry that knows no schema. */
class SealedRecordsTest {

    private static final byte[] NO_SCHEMA =
            "{\"error_code\":40403,\"message\":\"Schema not found\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OF_UNKNOWN_SCHEMA = {0, 0, 0, 0, 77, 2};
    private static final byte[] NO_ENVELOPE = {9, 0, 0, 0, 0};

    @TempDir
    private Path folder;

    private HttpServer registry;
    private Custody custody;
    private Stages stages;

    @BeforeEach
    void open() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", call -> {
            call.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
            call.sendResponseHeaders(404, NO_SCHEMA.length);
            call.getResponseBody().write(NO_SCHEMA);
            call.close();
        });
        registry.start();
        Home home = Home.open(folder.resolve("home"));
        custody = Custody.open(home);
        LineSettings settings = new LineSettings(
                DecodeSettings.of("shop"),
                RegistrySettings.at(
                        URI.create("http://127.0.0.1:" + registry.getAddress().getPort())),
                new Pipeline.Policy(DemoHome.samplePolicy(), "lake-analytics", null));
        stages = Stages.open(settings, custody, plan -> {});
    }

    @AfterEach
    void close() {
        stages.close();
        custody.close();
        registry.stop(0);
    }

    @Test
    void rejectsALetterOfUnknownSchemaAtOnceAndTheOthersPass() {
        RawRecord unknown = record(3, OF_UNKNOWN_SCHEMA);

        assertThatThrownBy(() -> stages.guard(List.of(unknown))).hasMessageStartingWith("CDC-111");
        List<Guarded> guarded = stages.guardSealed(
                List.of(sealed(record(2, NO_ENVELOPE)), sealed(unknown), sealed(record(4, NO_ENVELOPE))));

        assertThat(guarded)
                .extracting(record -> record.origin().identity() + " " + ((SealedRejection) record).code())
                .containsExactly(
                        "shop.public.customers-0-2@id BAD_MAGIC",
                        "shop.public.customers-0-3@id UNKNOWN_SCHEMA",
                        "shop.public.customers-0-4@id BAD_MAGIC");
    }

    private RawRecord sealed(RawRecord record) {
        byte[] payload = new DeadLetterSeal(custody.keys()).seal(record.origin(), Payload.of(record));
        return new RawRecord(record.origin(), null, payload, List.of());
    }

    private static RawRecord record(long offset, byte[] value) {
        Origin origin = new Origin("shop.public.customers", "id", 0, offset, 0);
        return new RawRecord(origin, new byte[] {9}, value, List.of());
    }
}
