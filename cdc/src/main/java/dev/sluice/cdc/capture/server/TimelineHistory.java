package dev.sluice.cdc.capture.server;

import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lists the timelines that led to a timeline. A server begins a timeline when it is promoted; its history file names
 * every earlier timeline with the position at which the next one branched off. Up to that position the two have the
 * same log.
 *
 * @param ends the position at which each earlier timeline was left
 */
public record TimelineHistory(Map<Long, Lsn> ends) {

    private static final long FIRST = 1;

    public TimelineHistory {
        ends = Map.copyOf(ends);
    }

    /** Reads the history of that timeline from the server, which has to have reached it. */
    public static TimelineHistory read(PostgresDatabase database, long timeline) throws SQLException {
        if (timeline == FIRST) {
            return new TimelineHistory(Map.of());
        }
        try (Connection connection = database.connectForReplication();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("TIMELINE_HISTORY " + timeline)) {
            return parse(row.next() ? row.getString(2) : "");
        }
    }

    /** Reads the text of a history file: on each line a timeline, a position and a reason. */
    static TimelineHistory parse(String text) {
        Map<Long, Lsn> ends = new HashMap<>();
        text.lines().map(String::strip).forEach(line -> {
            String[] parts = line.split("\\s+", 3);
            if (parts.length >= 2 && parts[0].matches("\\d+")) {
                ends.put(Long.parseLong(parts[0]), Lsn.parse(parts[1]));
            }
        });
        return new TimelineHistory(ends);
    }

    /** Where that earlier timeline was left; empty when it did not lead to this one. */
    Optional<Lsn> end(long earlier) {
        return Optional.ofNullable(ends.get(earlier));
    }
}
