package dev.sluice.cdc.registry;

import dev.sluice.cdc.access.RegistryAccess;
import java.io.File;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says where the registry is and how long to wait for it. Equal settings share one cache per JVM.
 *
 * @param address base address of the Confluent REST API, for example {@code http://127.0.0.1:8081} or, for Apicurio,
 *     {@code http://127.0.0.1:8080/apis/ccompat/v7}
 * @param timeout longest time for one answer, connection and body included
 * @param attempts how often a call is tried when the server is down, at least 1
 * @param maxAnswerBytes longest answer that is read
 * @param cacheFolder folder that keeps schemas seen, null for none
 * @param access login and trusted authorities
 */
public record RegistrySettings(
        URI address,
        Duration timeout,
        int attempts,
        int maxAnswerBytes,
        @Nullable File cacheFolder,
        RegistryAccess access)
        implements Serializable {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** Default of {@link #timeout()}. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** Default of {@link #attempts()}. */
    public static final int DEFAULT_ATTEMPTS = 4;

    /** Default of {@link #maxAnswerBytes()}: 4 MiB. */
    public static final int DEFAULT_MAX_ANSWER_BYTES = 4 << 20;

    public RegistrySettings {
        String scheme = String.valueOf(address.getScheme());
        require(SCHEMES.contains(scheme) && address.getHost() != null, "address", "must be http or https with a host");
        require(
                Stream.of(address.getRawUserInfo(), address.getRawQuery(), address.getRawFragment())
                        .allMatch(Objects::isNull),
                "address",
                "must have no user, query or fragment");
        require(!timeout.isNegative() && !timeout.isZero(), "timeout", "must be positive");
        require(attempts >= 1 && attempts <= 20, "attempts", "must be between 1 and 20");
        require(maxAnswerBytes >= 1024, "max-answer-bytes", "must be at least 1024");
    }

    /** Settings without a login. */
    public RegistrySettings(
            URI address, Duration timeout, int attempts, int maxAnswerBytes, @Nullable File cacheFolder) {
        this(address, timeout, attempts, maxAnswerBytes, cacheFolder, RegistryAccess.OPEN);
    }

    private static void require(boolean right, String key, String rule) {
        if (!right) {
            throw RegistryErrors.badSetting(key, rule);
        }
    }

    /** The registry at that address with the default limits and no cache folder. */
    public static RegistrySettings at(URI address) {
        return new RegistrySettings(address, DEFAULT_TIMEOUT, DEFAULT_ATTEMPTS, DEFAULT_MAX_ANSWER_BYTES, null);
    }

    /** The same settings with that cache folder. */
    public RegistrySettings withCacheFolder(File folder) {
        return new RegistrySettings(address, timeout, attempts, maxAnswerBytes, folder, access);
    }

    /** The same settings with that login. */
    public RegistrySettings withAccess(RegistryAccess other) {
        return new RegistrySettings(address, timeout, attempts, maxAnswerBytes, cacheFolder, other);
    }

    /** The same settings for a single call within that time, without a cache folder. */
    public RegistrySettings once(Duration limit) {
        return new RegistrySettings(address, limit, 1, maxAnswerBytes, null, access);
    }
}
