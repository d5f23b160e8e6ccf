package dev.sluice.cdc.registry;

import dev.sluice.cdc.CaptureException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches another registry, so that this JVM asks at most once per id. The first schema of an id, in this JVM or in the
 * folder, is pinned: a different answer later is refused ({@code CDC-106}), because a wrong writer schema can put
 * values into the wrong columns. With a folder, ids seen before decode while the registry is down.
 *
 * <p>The answer "no such id" is kept for {@link #MISSING_FOR} only: registries with replicas give it for new ids.
 * Thread-safe; callers for known ids never wait for a call under way.
 */
public final class CachedSchemaRegistry implements SchemaRegistry {

    /** How long the answer "no such id" is kept. */
    public static final Duration MISSING_FOR = Duration.ofSeconds(15);

    private static final int MOST_MISSING = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(CachedSchemaRegistry.class);
    private static final Map<RegistrySettings, CachedSchemaRegistry> SHARED = new ConcurrentHashMap<>();

    private final SchemaRegistry registry;
    private final @Nullable SchemaFolder folder;
    private final InstantSource clock;
    private final Map<Integer, Pinned> pinned = new ConcurrentHashMap<>();
    private final Map<Integer, Instant> missing = new ConcurrentHashMap<>();
    private final Map<Registration, Integer> registered = new ConcurrentHashMap<>();

    public CachedSchemaRegistry(SchemaRegistry registry) {
        this(registry, null, InstantSource.system());
    }

    /** A cache that also keeps schemas in that folder. */
    public CachedSchemaRegistry(SchemaRegistry registry, SchemaFolder folder) {
        this(registry, folder, InstantSource.system());
    }

    CachedSchemaRegistry(SchemaRegistry registry, @Nullable SchemaFolder folder, InstantSource clock) {
        this.registry = registry;
        this.folder = folder;
        this.clock = clock;
    }

    /** The one cache of this JVM over the HTTP registry with these settings. */
    public static CachedSchemaRegistry shared(RegistrySettings settings) {
        return SHARED.computeIfAbsent(settings, CachedSchemaRegistry::open);
    }

    private static CachedSchemaRegistry open(RegistrySettings settings) {
        SchemaRegistry http = new HttpSchemaRegistry(settings);
        return settings.cacheFolder() == null
                ? new CachedSchemaRegistry(http)
                : new CachedSchemaRegistry(
                        http, new SchemaFolder(settings.cacheFolder().toPath()));
    }

    @Override
    public Optional<String> schema(int id) {
        Pinned known = pinned.get(id);
        return known != null ? Optional.of(known.schema()) : fetch(id);
    }

    private synchronized Optional<String> fetch(int id) {
        Pinned known = pinned.get(id);
        if (known != null) {
            return Optional.of(known.schema());
        }
        if (missing.getOrDefault(id, Instant.MIN).isAfter(clock.instant())) {
            return Optional.empty();
        }
        Optional<String> kept = folder == null ? Optional.empty() : folder.read(id);
        Optional<String> answer = ask(id, kept);
        if (answer.isEmpty()) {
            forget(id);
            return answer;
        }
        return Optional.of(pin(id, answer.get(), "the answer for the id"));
    }

    /** The answer of the registry; the schema of the folder while the registry is down or has lost the id. */
    private Optional<String> ask(int id, Optional<String> kept) {
        try {
            Optional<String> answer = registry.schema(id);
            if (answer.isEmpty() && kept.isPresent()) {
                LOG.atWarn()
                        .addKeyValue("schema_id", id)
                        .log("The registry has lost a schema that the cache folder keeps.");
            }
            return answer.isPresent() ? answer : kept;
        } catch (CaptureException e) {
            if (kept.isEmpty() || !e.retryable()) {
                throw e;
            }
            LOG.atWarn()
                    .addKeyValue("schema_id", id)
                    .addKeyValue("code", e.code())
                    .log("The registry is down; the schema comes from the cache folder.");
            return kept;
        }
    }

    private void forget(int id) {
        if (missing.size() >= MOST_MISSING) {
            missing.clear();
        }
        missing.put(id, clock.instant().plus(MISSING_FOR));
    }

    private String pin(int id, String schema, String where) {
        String fingerprint = SchemaFingerprint.of(schema);
        Pinned known = pinned.get(id);
        if (known == null && folder != null) {
            known = folder.read(id)
                    .map(kept -> new Pinned(kept, SchemaFingerprint.of(kept)))
                    .orElse(null);
        }
        if (known != null && !known.fingerprint().equals(fingerprint)) {
            throw RegistryErrors.changed(id, where);
        }
        if (known == null && folder != null) {
            folder.write(id, schema);
        }
        Pinned first = known == null ? new Pinned(schema, fingerprint) : known;
        pinned.put(id, first);
        return first.schema();
    }

    @Override
    public int register(String subject, String schema) {
        Registration registration = new Registration(subject, schema);
        Integer known = registered.get(registration);
        if (known != null) {
            return known;
        }
        synchronized (this) {
            int id = registry.register(subject, schema);
            pin(id, schema, "the registration under " + subject);
            missing.remove(id);
            registered.put(registration, id);
            return id;
        }
    }

    @Override
    public Optional<Integer> find(String subject, String schema) {
        return registry.find(subject, schema);
    }

    @Override
    public boolean compatible(String subject, String schema) {
        return registry.compatible(subject, schema);
    }

    @Override
    public void compatibility(String subject, Compatibility level) {
        registry.compatibility(subject, level);
    }

    private record Pinned(String schema, String fingerprint) {}

    private record Registration(String subject, String schema) {}
}
