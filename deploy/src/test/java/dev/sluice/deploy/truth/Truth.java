package dev.sluice.deploy.truth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.deploy.embedded.PostgresAccess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The history of the sample shop as its triggers wrote it down. The shop writes one transaction after the other, so the
 * order of the notes is the order of the commits.
 */
public final class Truth {

    /** The transactions of {@code ShopStory.prepare}; the snapshot sees their sum. */
    private static final int PREPARED = 3;

    /** How the origin of a row is called that the snapshot has read. */
    static final String SNAPSHOT = "snapshot";

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final List<Version> versions = new ArrayList<>();
    private final Map<String, Window> windows = new LinkedHashMap<>();

    private Truth() {}

    /**
     * A state that a key had after a transaction.
     *
     * @param table table name
     * @param key values of the primary key, joined by a bar
     * @param row the row in clear
     * @param from transaction that made it, or {@value #SNAPSHOT}
     * @param to transaction that ended it, empty while it holds
     */
    record Version(String table, String key, Map<String, JsonNode> row, String from, String to) {}

    /** When a transaction must have committed. */
    record Window(Instant earliest, Instant latest) {
        boolean holds(Instant moment) {
            return !moment.isBefore(earliest) && !moment.isAfter(latest);
        }
    }

    private record Note(
            String table,
            String op,
            String tx,
            Instant begun,
            Instant at,
            String key,
            JsonNode before,
            JsonNode after) {}

    /** Reads what happened until now. */
    public static Truth read(PostgresAccess postgres) throws SQLException {
        Truth truth = new Truth();
        List<Note> notes = notes(postgres);
        truth.windows(notes);
        truth.histories(notes);
        return truth;
    }

    List<Version> versions() {
        return versions;
    }

    Map<String, Window> windows() {
        return windows;
    }

    private static List<Note> notes(PostgresAccess postgres) throws SQLException {
        List<Note> notes = new ArrayList<>();
        try (Connection owner = postgres.connect(postgres.owner());
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("SELECT table_name, op, tx::text, tx_time, clock_time, key,"
                        + " old_row, new_row FROM truth.changes ORDER BY id")) {
            while (rows.next()) {
                notes.add(new Note(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getTimestamp(4).toInstant(),
                        rows.getTimestamp(5).toInstant(),
                        rows.getString(6),
                        json(rows.getString(7)),
                        json(rows.getString(8))));
            }
        }
        return notes;
    }

    private static JsonNode json(String text) {
        try {
            return text == null ? JSON.nullNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A transaction committed after its last change and before the next one began. */
    private void windows(List<Note> notes) {
        String previous = "";
        for (Note note : notes) {
            if (!note.tx().equals(previous) && windows.containsKey(previous)) {
                windows.put(previous, new Window(windows.get(previous).earliest(), note.begun()));
            }
            windows.put(note.tx(), new Window(note.at(), Instant.MAX));
            previous = note.tx();
        }
    }

    private void histories(List<Note> notes) {
        Set<String> prepared = new LinkedHashSet<>();
        Map<String, Version> open = new LinkedHashMap<>();
        Map<String, Version> touched = new LinkedHashMap<>();
        String current = "";
        for (Note note : notes) {
            if (!note.tx().equals(current)) {
                settle(open, touched, current);
                current = note.tx();
            }
            if (prepared.size() < PREPARED) {
                prepared.add(note.tx());
            }
            apply(note, prepared.contains(note.tx()) ? SNAPSHOT : note.tx(), open, touched);
        }
        settle(open, touched, current);
        open.values().forEach(versions::add);
    }

    /** Notes a state within a transaction; what it is at the end counts. */
    private static void apply(Note note, String from, Map<String, Version> open, Map<String, Version> touched) {
        if (note.op().equals("T")) {
            Set<String> ids = new LinkedHashSet<>(open.keySet());
            ids.addAll(touched.keySet());
            ids.stream().filter(id -> id.startsWith(note.table() + "/")).forEach(id -> touched.put(id, gone(note, id)));
            return;
        }
        String id = note.table() + "/" + note.key();
        if (note.op().equals("D")) {
            touched.put(id, gone(note, id));
            return;
        }
        if (note.op().equals("U")) {
            String old = note.table() + "/" + keyOf(note);
            if (!old.equals(id)) {
                touched.put(old, gone(note, old));
            }
        }
        touched.put(id, new Version(note.table(), note.key(), columns(note.after()), from, ""));
    }

    private static Version gone(Note note, String id) {
        return new Version(note.table(), id, Map.of(), note.tx(), "");
    }

    /** The old key of an update, by the columns that the new one has. */
    private static String keyOf(Note note) {
        return switch (note.table()) {
            case "order_items" -> note.before().path("order_id").asText() + "|"
                    + note.before().path("line_no").asText();
            case "payment_cards" -> note.before().path("pan").asText();
            default -> note.before().path("id").asText();
        };
    }

    private void settle(Map<String, Version> open, Map<String, Version> touched, String transaction) {
        touched.forEach((id, state) -> {
            Version before = open.get(id);
            if (state.row().isEmpty()) {
                open.remove(id);
            } else if (before == null || !Policy.shown(state).equals(Policy.shown(before))) {
                open.put(id, state);
            } else {
                return;
            }
            if (before != null) {
                versions.add(new Version(before.table(), before.key(), before.row(), before.from(), transaction));
            }
        });
        touched.clear();
    }

    private static Map<String, JsonNode> columns(JsonNode row) {
        Map<String, JsonNode> columns = new LinkedHashMap<>();
        row.properties().forEach(column -> columns.put(column.getKey(), column.getValue()));
        return columns;
    }
}
