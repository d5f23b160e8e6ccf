package dev.sluice.sinks;

import dev.sluice.cdc.event.DatasetId;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says where the tables of one consumer are.
 *
 * <p>Names come from the source and are not trusted. A path segment keeps ASCII letters, digits, {@code -} and
 * {@code _}; every other byte of the UTF-8 form becomes {@code ~} and two hex digits, so that two names never share a
 * folder and none can leave the lake. An empty name or a name with control characters is a {@link SinkException}
 * {@code SNK-005}. A leading {@code _} is escaped, because readers of the lake skip such folders. A segment of more
 * than 120 characters is cut and ends with a digest of the name.
 *
 * @param root folder or URI of the lake, without a trailing slash
 * @param consumer name of the consumer
 * @param prefix put before the names of the technical columns, usually empty
 */
public record Lake(String root, String consumer, String prefix) implements Serializable {

    private static final int LONGEST_SEGMENT = 120;

    /** Path of the latent events, below the root. */
    public static final String LATENT = "_latent";

    /** Path of the dead letters, below the root. */
    public static final String DEAD_LETTERS = "_deadletters";

    public Lake {
        root = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        checked("output name", consumer);
        if (!prefix.matches("[A-Za-z0-9_]{0,32}")) {
            throw new IllegalArgumentException(
                    "A prefix has at most 32 letters, digits or '_', but this one is '" + escaped(prefix) + "'.");
        }
    }

    /** Path of a dataset's table below the root: {@code consumer/source.schema.table}. */
    public String tablePath(DatasetId dataset) {
        return folder() + "/" + name(dataset);
    }

    /** Path of the folder of the consumer's tables, below the root. */
    public String folder() {
        return segment("output name", consumer);
    }

    /** Where a path below the root is. */
    public String location(String path) {
        return root + "/" + path;
    }

    /** The dataset as one safe word, different for different datasets. */
    public static String name(DatasetId dataset) {
        return segment("source name", dataset.source())
                + "."
                + segment("schema name", dataset.schema())
                + "."
                + segment("table name", dataset.table());
    }

    /** The dataset of that safe word; empty when the word holds a digest instead of a long name. */
    public static Optional<DatasetId> dataset(String name) {
        String[] segments = name.split("\\.", -1);
        if (segments.length != 3) {
            return Optional.empty();
        }
        DatasetId dataset = new DatasetId(unescaped(segments[0]), unescaped(segments[1]), unescaped(segments[2]));
        return name(dataset).equals(name) ? Optional.of(dataset) : Optional.empty();
    }

    /**
     * A name that may be a column of a table.
     *
     * @throws SinkException {@code SNK-005} when the name is empty or holds a control character
     */
    public static String checked(String what, String name) {
        boolean control = name.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
        if (name.isEmpty() || control) {
            throw SinkErrors.unsafeName(what, escaped(name));
        }
        return name;
    }

    private static String segment(String what, String name) {
        String safe = escaped(checked(what, name));
        if (safe.startsWith("_")) {
            safe = "~5f" + safe.substring(1);
        }
        if (safe.length() <= LONGEST_SEGMENT) {
            return safe;
        }
        return safe.substring(0, LONGEST_SEGMENT - 34) + "~~" + digest(name).substring(0, 32);
    }

    private static String escaped(String name) {
        StringBuilder safe = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_')) {
                safe.append(c);
            } else {
                safe.append(String.format("~%02x", b & 0xff));
            }
        }
        return safe.toString();
    }

    private static String unescaped(String safe) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher part = Pattern.compile("~([0-9a-f]{2})|.", Pattern.DOTALL).matcher(safe);
        while (part.find()) {
            String hex = part.group(1);
            bytes.write(hex == null ? part.group().charAt(0) : Integer.parseInt(hex, 16));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String digest(String name) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java platform has no SHA-256.", e);
        }
    }
}
