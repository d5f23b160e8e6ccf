package dev.sluice.deploy.pipeline;

import dev.sluice.cdc.access.BrokerAccess;
import dev.sluice.cdc.access.RegistryAccess;
import dev.sluice.cdc.capture.CaptureConfig.TopicSettings;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the section {@code transport} of a pipeline file.
 *
 * @param access reads files that settings name
 */
record TransportSettings(AccessSettings access) {

    private static final Set<String> PROTOCOLS = Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
    private static final String MECHANISMS = "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512";
    private static final URI NOWHERE = URI.create("http://localhost");

    /** Without a transport, broker and registry are parts of the home. Records of JSON need no registry. */
    Pipeline.Transport read(Settings top) {
        boolean captures = !top.section("source").isWord("type", "topics");
        if (captures && (!top.has("transport") || top.isWord("transport", "embedded"))) {
            return Pipeline.Transport.EMBEDDED;
        }
        Settings transport = top.section("transport");
        String bootstrap =
                transport.value("bootstrap", SettingForms::servers, "localhost:9092", "servers such as host:9092");
        boolean json = top.section("source").isWord("format", "json");
        Settings registry = transport.isSection("registry") ? transport.section("registry") : transport;
        URI address =
                json && !transport.has("registry") ? Pipeline.Transport.NO_REGISTRY : address(transport, registry);
        RegistryAccess login = registry == transport ? RegistryAccess.OPEN : registry(registry);
        Pipeline.Transport read =
                new Pipeline.Transport(bootstrap, broker(transport), address, login, topics(transport));
        transport.rejectUnknown();
        return read;
    }

    private static URI address(Settings transport, Settings registry) {
        String key = registry == transport ? "registry" : "url";
        return registry.value(key, SettingForms::http, NOWHERE, "an http address");
    }

    private RegistryAccess registry(Settings registry) {
        boolean byName = registry.has("user") || registry.has("password");
        String user = byName ? registry.text("user") : null;
        File secret = secret(registry, byName);
        Path root = access.certificate(registry, "root-certificate");
        registry.rejectUnknown();
        return new RegistryAccess(user, secret, root == null ? null : root.toFile());
    }

    private @Nullable File secret(Settings registry, boolean byName) {
        if (!registry.has("token")) {
            return byName ? access.secret(registry, "password").toFile() : null;
        }
        File token = access.secret(registry, "token").toFile();
        if (byName) {
            registry.report("token", "is another login than user and password; give one of them");
        }
        return token;
    }

    private BrokerAccess broker(Settings transport) {
        if (!transport.has("security")) {
            return BrokerAccess.OPEN;
        }
        Settings security = transport.section("security");
        String protocol = security.value("protocol", TransportSettings::protocol, "SSL", "one of " + PROTOCOLS);
        boolean encrypted = protocol.endsWith("SSL");
        BrokerAccess read = new BrokerAccess(
                encrypted,
                access.certificate(security, "root-certificate"),
                access.identity(security, "identity"),
                login(security, protocol.startsWith("SASL")));
        if (!encrypted && (read.rootCertificate() != null || read.identity() != null)) {
            security.report("protocol", "encrypts nothing, so certificates have no use; SSL or SASL_SSL does");
        }
        security.rejectUnknown();
        return read;
    }

    private BrokerAccess.@Nullable Login login(Settings security, boolean wanted) {
        if (!wanted) {
            if (security.has("user") || security.has("password") || security.has("mechanism")) {
                security.report("protocol", "has no login, so user, password and mechanism have no use");
            }
            return null;
        }
        BrokerAccess.Mechanism mechanism =
                security.value("mechanism", TransportSettings::mechanism, BrokerAccess.Mechanism.PLAIN, MECHANISMS);
        Path password = access.secret(security, "password");
        return new BrokerAccess.Login(mechanism, security.text("user"), password);
    }

    private static TopicSettings topics(Settings transport) {
        TopicSettings usual = TopicSettings.STANDARD;
        if (!transport.has("topics")) {
            return usual;
        }
        Settings topics = transport.section("topics");
        TopicSettings read = new TopicSettings(
                topics.has("retention")
                        ? topics.value("retention", SettingForms::retention, usual.retention(), "a time such as 7d")
                        : usual.retention(),
                topics.has("replicas")
                        ? topics.value("replicas", SettingForms::replicas, 1, "a whole number from 1 to 9")
                        : usual.replicas(),
                topics.has("max-record")
                        ? topics.value("max-record", SettingForms::record, 1 << 20, "a size such as 8MB")
                        : usual.maxRecordBytes());
        topics.rejectUnknown();
        return read;
    }

    private static String protocol(String word) {
        String protocol = word.toUpperCase(Locale.ROOT);
        if (!PROTOCOLS.contains(protocol)) {
            throw new IllegalArgumentException("it is another word");
        }
        return protocol;
    }

    private static BrokerAccess.Mechanism mechanism(String word) {
        return BrokerAccess.Mechanism.of(word)
                .orElseThrow(() -> new IllegalArgumentException("other mechanisms are not supported"));
    }
}
