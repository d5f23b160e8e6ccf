package dev.sluice.cdc.registry;

import java.io.File;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the registry is and how long to wait for it. Equal settings share one cache per JVM.
 *
 * @param address base address of the Confluent REST API, for example {@code http://127.0.0.1:8081} or, for Apicurio,
 *     {@code http://127.0.0.1:8080/apis/ccompat/v7}
 * @param timeout longest time for one answer, connection and body included
 * @param attempts how often a call is tried when the server is down, at least 1
 * @param maxAnswerBytes longest answer that is read
 * @param cacheFolder folder that keeps schemas seen, null for none
 */
public record RegistrySettings(
        URI address, Duration timeout, int attempts, int maxAnswerBytes, @Nullable File cacheFolder)
        implements Serializable {

    /** Default of {@link #timeout()}. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** Default of {@link #attempts()}. */
    public static final int DEFAULT_ATTEMPTS = 4;

    /** Default of {@link #maxAnswerBytes()}: 4 MiB. */
    public static final int DEFAULT_MAX_ANSWER_BYTES = 4 << 20;

    public RegistrySettings {
        String scheme = address.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || address.getHost() == null) {
            throw RegistryErrors.badSetting("address", "must be an http or https address with a host");
        }
        if (address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw RegistryErrors.badSetting("address", "must have no user, query or fragment");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw RegistryErrors.badSetting("timeout", "must be positive");
        }
        if (attempts < 1 || attempts > 20) {
            throw RegistryErrors.badSetting("attempts", "must be between 1 and 20");
        }
        if (maxAnswerBytes < 1024) {
            throw RegistryErrors.badSetting("max-answer-bytes", "must be at least 1024");
        }
    }

    /** The registry at that address with the default limits and no cache folder. */
    public static RegistrySettings at(URI address) {
        return new RegistrySettings(address, DEFAULT_TIMEOUT, DEFAULT_ATTEMPTS, DEFAULT_MAX_ANSWER_BYTES, null);
    }

    /** The same settings with that cache folder. */
    public RegistrySettings withCacheFolder(File folder) {
        return new RegistrySettings(address, timeout, attempts, maxAnswerBytes, folder);
    }
}
