package dev.sluice.cdc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.cdc.CaptureException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSchemaRegistryTest {

    private static final String JSON = "application/vnd.schemaregistry.v1+json";

    /** Answers one request. */
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private Answer answer;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            synchronized (asked) {
                asked.add(exchange.getRequestMethod() + " "
                        + exchange.getRequestURI().getRawPath());
            }
            answer.to(exchange);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpSchemaRegistry registry(int attempts, Duration timeout) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/apis/ccompat/v7/");
        return new HttpSchemaRegistry(new RegistrySettings(address, timeout, attempts, 4096, null));
    }

    private HttpSchemaRegistry registry() {
        return registry(1, Duration.ofSeconds(10));
    }

    private static Answer answering(int status, String type, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    private String codeOf(Runnable call) {
        try {
            call.run();
            return "none";
        } catch (CaptureException e) {
            return e.code() + (e.retryable() ? " retryable" : "");
        }
    }

    @Test
    void asksUnderTheBasePathAndEscapesSubjects() {
        answer = answering(200, JSON, "{\"id\":12}");

        assertThat(registry().register("shop.public.a/b c-value", "\"int\"")).isEqualTo(12);
        assertThat(asked).containsExactly("POST /apis/ccompat/v7/subjects/shop.public.a%2Fb%20c-value/versions");
    }

    @Test
    void readsASchema() {
        answer = answering(200, JSON, "{\"schema\":\"\\\"int\\\"\",\"references\":[]}");

        assertThat(registry().schema(3)).contains("\"int\"");
        assertThat(asked).containsExactly("GET /apis/ccompat/v7/schemas/ids/3");
    }

    @Test
    void takesOnlyTheRegistrysOwnWordForAMissingId() {
        answer = answering(404, JSON, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        assertThat(registry().schema(3)).isEmpty();

        answer = answering(200, JSON, "{\"schema\":\"syntax\",\"schemaType\":\"PROTOBUF\"}");
        assertThat(registry().schema(3)).isEmpty();

        answer = answering(404, JSON, "{\"status\":404}");
        assertThat(codeOf(() -> registry().schema(3))).isEqualTo("CDC-102 retryable");
    }

    @ParameterizedTest
    @CsvSource({
        "500, CDC-101 retryable",
        "503, CDC-101 retryable",
        "429, CDC-101 retryable",
        "302, CDC-102 retryable",
        "404, CDC-102 retryable",
        "200, CDC-102 retryable",
        "401, CDC-103",
        "403, CDC-103"
    })
    void takesAnyAnswerInHtmlForAnOutageOrARefusal(int status, String code) {
        answer = exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/login");
            answering(status, "text/html", "<html>sign in</html>").to(exchange);
        };

        assertThat(codeOf(() -> registry().schema(3))).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{\"schema\":7}", "{\"schema\":\"x\"} trailing", "{"})
    void takesAnOddBodyForAnOutage(String body) {
        answer = answering(200, JSON, body);

        assertThat(codeOf(() -> registry().schema(3))).isEqualTo("CDC-102 retryable");
    }

    @Test
    void cutsOffALongAnswer() {
        answer = answering(200, JSON, "{\"schema\":\"" + "x".repeat(10_000_000) + "\"}");

        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(() -> registry().schema(3))
                .withMessageContaining("longer than 4096 bytes")
                .satisfies(e -> assertThat(e.code()).isEqualTo("CDC-101"));
    }

    @Test
    void cutsOffAnAnswerThatDripsIn() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 4000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            hang();
        };

        long start = System.nanoTime();
        assertThat(codeOf(() -> registry(1, Duration.ofMillis(300)).schema(3))).isEqualTo("CDC-101 retryable");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void cutsOffAServerThatNeverAnswers() {
        answer = exchange -> hang();

        assertThat(codeOf(() -> registry(1, Duration.ofMillis(300)).schema(3))).isEqualTo("CDC-101 retryable");
    }

    private void hang() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void triesAgainAfterAnOutageButNotAfterARefusal() {
        Answer good = answering(200, JSON, "{\"schema\":\"\\\"int\\\"\"}");
        Answer bad = answering(503, "text/html", "later");
        answer = exchange -> (asked.size() < 3 ? bad : good).to(exchange);
        assertThat(registry(3, Duration.ofSeconds(5)).schema(3)).contains("\"int\"");
        assertThat(asked).hasSize(3);

        asked.clear();
        answer = answering(401, JSON, "{}");
        assertThat(codeOf(() -> registry(3, Duration.ofSeconds(5)).schema(3))).isEqualTo("CDC-103");
        assertThat(asked).hasSize(1);
    }

    @Test
    void reportsAServerThatIsNotThere() {
        HttpSchemaRegistry gone = registry();
        server.stop(0);

        assertThat(codeOf(() -> gone.schema(3))).isEqualTo("CDC-101 retryable");
    }

    @Test
    void namesAnIncompatibleSchemaAndAnInvalidOne() {
        answer = answering(409, JSON, "{\"error_code\":409,\"message\":\"incompatible\"}");
        assertThat(codeOf(() -> registry().register("s", "x"))).isEqualTo("CDC-104");

        answer = answering(422, JSON, "{\"error_code\":42201,\"message\":\"invalid\"}");
        assertThat(codeOf(() -> registry().register("s", "x"))).isEqualTo("CDC-105");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h/", "http:///x", "http://user:pw@h/", "http://h/?a=b", "registry:8081"})
    void refusesAddressesThatCannotBeRight(String address) {
        assertThat(codeOf(() -> RegistrySettings.at(URI.create(address)))).isEqualTo("CDC-110");
    }
}
