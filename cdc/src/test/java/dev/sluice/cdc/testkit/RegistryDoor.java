package dev.sluice.cdc.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTPS server in front of the real registry, which lets requests with one login pass and refuses others. */
public final class RegistryDoor implements AutoCloseable {
    private final HttpsServer server;
    private final URI behind;
    private final String login;
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    private RegistryDoor(HttpsServer server, URI behind, String login) {
        this.server = server;
        this.behind = behind;
        this.login = login;
    }

    /** Starts the server with that certificate; only requests with this header {@code Authorization} pass. */
    public static RegistryDoor open(TestAuthority.Identity identity, URI behind, String login) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(TestAuthority.server(identity)));
            RegistryDoor door = new RegistryDoor(server, behind, login);
            server.createContext("/", door::answer);
            server.start();
            return door;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address by that host name. */
    public URI address(String host) {
        return URI.create("https://" + host + ":" + server.getAddress().getPort());
    }

    /** The logins that came, in order. */
    public List<String> logins() {
        return List.copyOf(logins);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String came = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            logins.add(came);
            if (!came.equals(login)) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(behind + exchange.getRequestURI().getRawPath()))
                    .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                    .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
                    .build();
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
