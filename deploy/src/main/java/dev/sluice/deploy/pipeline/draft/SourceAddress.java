package dev.sluice.deploy.pipeline.draft;

import dev.sluice.deploy.DeployException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says where a source database is.
 *
 * @param host host name or address
 * @param port port
 * @param database name of the database
 */
public record SourceAddress(String host, int port, String database) {

    private static final Pattern URL = Pattern.compile("jdbc:postgresql://([^:/?@\\s]+)(?::(\\d{1,5}))?/([^/?&\\s]+)");
    private static final int DEFAULT_PORT = 5432;
    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST_NAME = 41;

    /**
     * The address in that JDBC URL.
     *
     * @throws DeployException {@code DEP-600} when the text is not {@code jdbc:postgresql://host:port/database}
     */
    public static SourceAddress parse(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw DraftErrors.badUrl();
        }
        int port = parts.group(2) == null ? DEFAULT_PORT : Integer.parseInt(parts.group(2));
        if (port < 1 || port > HIGHEST_PORT) {
            throw DraftErrors.badUrl();
        }
        return new SourceAddress(parts.group(1), port, parts.group(3));
    }

    /** The JDBC URL. */
    public String url() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** A name for the pipeline, made from the name of the database. */
    public String suggestedName() {
        String name = database.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        String begun = name.matches("[a-z].*") ? name : "db_" + name;
        return begun.substring(0, Math.min(LONGEST_NAME, begun.length()));
    }
}
