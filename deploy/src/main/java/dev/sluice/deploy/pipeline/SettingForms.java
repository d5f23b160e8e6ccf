package dev.sluice.deploy.pipeline;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the values of single settings. Each method throws an {@link IllegalArgumentException} whose message completes
 * the sentence "must be ..." with the reason, never with a secret.
 */
final class SettingForms {

    /** A tagged PostgreSQL address: host, port or null, database. */
    private static final Pattern JDBC = Pattern.compile("jdbc:postgresql://([^:/?@]+)(?::(\\d{1,5}))?/([^/?]+)");

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})(kb|mb|gb)");
    private static final long LARGEST_RECORD = 256L << 20;
    private static final Pattern SERVER = Pattern.compile("([^\\s:/@,]+):(\\d{1,5})");
    private static final Pattern SLOT = Pattern.compile("[a-z0-9_]{1,63}");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_]{0,32}");
    private static final int LONGEST_NAME = 63;
    private static final int HIGHEST_PORT = 65_535;

    private SettingForms() {}

    /** The parts of a database address: group 1 host, 2 port or null, 3 database. */
    static Matcher database(String url) {
        Matcher jdbc = JDBC.matcher(url);
        if (!jdbc.matches()) {
            throw new IllegalArgumentException("user, password, parameters and other databases are not read here");
        }
        if (jdbc.group(2) != null) {
            port(jdbc.group(2));
        }
        return jdbc;
    }

    /** An http address with a host and nothing secret. */
    static URI http(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() == null
                    || uri.getScheme() == null
                    || !uri.getScheme().matches("https?")) {
                throw new IllegalArgumentException("it has no host, or is not http or https");
            }
            if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw new IllegalArgumentException("user, password, query and fragment are not allowed");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it cannot be read as an address", e);
        }
    }

    /** Kafka servers, {@code host:port} separated by commas. */
    static String servers(String text) {
        for (String server : text.split(",", -1)) {
            Matcher parts = SERVER.matcher(server.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException("a server without host or port is among them");
            }
            port(parts.group(2));
        }
        return text;
    }

    /** A time of at least one millisecond. */
    static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches() || Long.parseLong(parts.group(1)) == 0) {
            throw new IllegalArgumentException("at least 1ms");
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** A time of at least one minute. */
    static Duration retention(String text) {
        Duration time = duration(text);
        if (time.toMinutes() < 1) {
            throw new IllegalArgumentException("at least 1m");
        }
        return time;
    }

    /** A number of copies. */
    static int replicas(String text) {
        if (!text.matches("[1-9]")) {
            throw new IllegalArgumentException("it is out of range");
        }
        return Integer.parseInt(text);
    }

    /** A number of bytes such as {@code 64MB}, in powers of 1024. */
    static long size(String text) {
        Matcher parts = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches() || Long.parseLong(parts.group(1)) == 0) {
            throw new IllegalArgumentException("a whole number and KB, MB or GB");
        }
        int power =
                switch (parts.group(2)) {
                    case "kb" -> 10;
                    case "mb" -> 20;
                    default -> 30;
                };
        return Long.parseLong(parts.group(1)) << power;
    }

    /** A size of a record. */
    static int record(String text) {
        long size = size(text);
        if (size < 64 << 10 || size > LARGEST_RECORD) {
            throw new IllegalArgumentException("from 64KB to 256MB");
        }
        return (int) size;
    }

    /** A time that may be nothing. */
    static Duration wait(String text) {
        return text.strip().equals("0s") ? Duration.ZERO : duration(text);
    }

    /** A share such as {@code 50%}. */
    static int percent(String text) {
        if (!text.matches("(100|[1-9]\\d?)%")) {
            throw new IllegalArgumentException("a whole number and %");
        }
        return Integer.parseInt(text.substring(0, text.length() - 1));
    }

    /** A number of records. */
    static long records(String text) {
        if (!text.matches("[0-9_]{1,12}") || text.replace("_", "").isEmpty()) {
            throw new IllegalArgumentException("it is not a whole number");
        }
        long number = Long.parseLong(text.replace("_", ""));
        if (number < 1 || number > 10_000_000) {
            throw new IllegalArgumentException("it is out of range");
        }
        return number;
    }

    /** The name of a replication slot. */
    static String slot(String text) {
        if (!SLOT.matcher(text).matches()) {
            throw new IllegalArgumentException("PostgreSQL allows small letters, digits and _");
        }
        return text;
    }

    /** The name of a publication. */
    static String publication(String text) {
        if (text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_NAME || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("PostgreSQL allows 63 bytes");
        }
        return text;
    }

    /** The name of a Kafka topic. */
    static String topic(String text) {
        if (!TOPIC.matcher(text).matches()) {
            throw new IllegalArgumentException("Kafka allows letters, digits, dot, _ and -");
        }
        return text;
    }

    /** The text before the names of technical columns. */
    static String prefix(String text) {
        if (!PREFIX.matcher(text).matches()) {
            throw new IllegalArgumentException("letters, digits and _ only");
        }
        return text;
    }

    private static void port(String text) {
        int port = Integer.parseInt(text);
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535");
        }
    }
}
