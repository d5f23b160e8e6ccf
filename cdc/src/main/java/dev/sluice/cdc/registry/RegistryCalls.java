package dev.sluice.cdc.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.cdc.CaptureException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes HTTP calls with a deadline over the whole exchange, a limit of the answer's size and a limited number of
 * retries. The JDK client's own timeout ends with the response head; this class also ends a body that arrives too
 * slowly.
 */
final class RegistryCalls {

    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 4_000;
    private static final Set<Integer> BUSY = Set.of(408, 429);
    private static final Set<Integer> DENIED = Set.of(401, 403);
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final RegistrySettings settings;
    private final String base;
    private final HttpClient client;

    RegistryCalls(RegistrySettings settings) {
        this.settings = settings;
        this.base = settings.address().toString().replaceAll("/+$", "");
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout());
        try {
            settings.access().trust().ifPresent(builder::sslContext);
        } catch (IllegalArgumentException e) {
            throw RegistryErrors.badFile("root-certificate", e);
        }
        this.client = builder.build();
    }

    RegistryAnswer get(String path) {
        return ask(request(path).GET().build());
    }

    RegistryAnswer post(String path, JsonNode body) {
        return ask(request(path).POST(BodyPublishers.ofByteArray(bytes(body))).build());
    }

    RegistryAnswer put(String path, JsonNode body) {
        return ask(request(path).PUT(BodyPublishers.ofByteArray(bytes(body))).build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(settings.timeout())
                .header("Accept", TYPE + ", application/json")
                .header("Content-Type", TYPE);
        login().ifPresent(login -> request.header("Authorization", login));
        return request;
    }

    /** The login, which must fit a header: an exception of the client about the header would show the login. */
    private Optional<String> login() {
        try {
            Optional<String> login = settings.access().authorization();
            if (login.stream().flatMapToInt(String::chars).anyMatch(c -> c < ' ' || c > '~')) {
                throw new IllegalArgumentException("its first line holds characters that no HTTP header may hold");
            }
            return login;
        } catch (IllegalArgumentException e) {
            throw RegistryErrors.badFile("password or token", e);
        }
    }

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private RegistryAnswer ask(HttpRequest request) {
        long pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 1; ; attempt++) {
            try {
                return once(request);
            } catch (CaptureException e) {
                if (!e.retryable()
                        || attempt == settings.attempts()
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
            pause(request.uri(), pause);
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 3);
        }
    }

    private RegistryAnswer once(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, head -> new BoundedBody(settings.maxAnswerBytes()));
        try {
            return answer(exchange.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw RegistryErrors.down(request.uri(), "it gave no complete answer within " + settings.timeout(), e);
        } catch (ExecutionException e) {
            String why = e.getCause() instanceof IOException io ? io.toString() : "the exchange failed";
            throw RegistryErrors.down(request.uri(), why, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryErrors.interrupted(request.uri(), e);
        } finally {
            exchange.cancel(true);
        }
    }

    private static RegistryAnswer answer(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        URI asked = response.uri();
        if (status >= 500 || BUSY.contains(status)) {
            throw RegistryErrors.down(asked, "its status is " + status, null);
        }
        if (status / 100 == 3) {
            throw RegistryErrors.notARegistry(
                    asked, "its status " + status + " is a redirect, which sluice does not follow");
        }
        if (DENIED.contains(status)) {
            throw RegistryErrors.denied(asked, status);
        }
        return new RegistryAnswer(asked, status, body(asked, response));
    }

    private static JsonNode body(URI asked, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        try {
            JsonNode json = JSON.readTree(response.body());
            if (!json.isObject()) {
                throw RegistryErrors.notARegistry(asked, "its status is " + status + ", but it holds no JSON object");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw RegistryErrors.notARegistry(asked, "its status is " + status + ", but its body is not JSON", e);
        } catch (IOException e) {
            throw RegistryErrors.down(asked, "its body could not be read", e);
        }
    }

    private static void pause(URI asked, long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryErrors.interrupted(asked, e);
        }
    }
}
