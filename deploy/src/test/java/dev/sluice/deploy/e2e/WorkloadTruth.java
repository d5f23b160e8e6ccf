package dev.sluice.deploy.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The independent reader of the source: triggers write every change of every row into a table of the same database that
 * is not captured, in the transaction that makes the change. What is rolled back is rolled back here as well, and a
 * commit whose answer was lost in a crash is there or not there in both.
 *
 * <p>Per key the numbers are in the order of commits, and nothing else is taken for an order: a trigger fires after the
 * statement has the lock of the row or the place in the index, so a later transaction takes its number after the earlier
 * one has ended. The position in the log, the identifier of the transaction and the clock do not have this property.
 */
final class WorkloadTruth {

    /** What is done before the product sees the source. */
    static final List<String> SETUP = List.of(
            "CREATE SCHEMA truth",
            "CREATE TABLE truth.change (number bigserial PRIMARY KEY, relation text, op text, before text, after text,"
                    + " transaction xid DEFAULT pg_current_xact_id()::xid, at timestamptz DEFAULT clock_timestamp())",
            "CREATE INDEX ON truth.change (relation, number)",
            "CREATE FUNCTION truth.row() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' SET datestyle = 'ISO'"
                    + " SET intervalstyle = 'iso_8601' SET bytea_output = 'hex' SET extra_float_digits = 1 AS $$ BEGIN"
                    + " INSERT INTO truth.change (relation, op, before, after) VALUES (TG_ARGV[0], TG_OP,"
                    + " CASE WHEN TG_OP <> 'INSERT' THEN row_to_json(OLD) END,"
                    + " CASE WHEN TG_OP <> 'DELETE' THEN row_to_json(NEW) END); RETURN NULL; END $$",
            "CREATE FUNCTION truth.truncated() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                    + " INSERT INTO truth.change (relation, op) VALUES (TG_ARGV[0], TG_OP); RETURN NULL; END $$");

    private final Connection database;

    WorkloadTruth(Connection database) {
        this.database = database;
    }

    /** The triggers of a table. */
    static List<String> triggers(WorkloadTable table) {
        String argument = "('" + table.id() + "')";
        return List.of(
                "CREATE TRIGGER truth AFTER INSERT OR UPDATE OR DELETE ON " + table.quoted()
                        + " FOR EACH ROW EXECUTE FUNCTION truth.row" + argument,
                "CREATE TRIGGER truth_truncate AFTER TRUNCATE ON " + table.quoted()
                        + " FOR EACH STATEMENT EXECUTE FUNCTION truth.truncated" + argument);
    }

    /**
     * What a transaction left of a key.
     *
     * @param row the canonical texts of the columns that are not null; null when the key does not live
     */
    private record State(String transaction, Instant commit, boolean snapshot, Map<String, String> row) {}

    /** Number of the last change. */
    long last() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(number), 0) FROM truth.change")) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * The versions that the lake should hold, by key.
     *
     * @param snapshot the last change that the snapshot shows; what it reads has no transaction and no exact moment
     */
    Map<String, List<WorkloadVersion>> versions(WorkloadTable table, long snapshot) throws SQLException {
        Map<String, List<State>> states = states(table, snapshot);
        Map<String, List<WorkloadVersion>> versions = new TreeMap<>();
        states.forEach((key, each) -> {
            List<WorkloadVersion> made = versions(each);
            if (!made.isEmpty()) {
                versions.put(key, made);
            }
        });
        return versions;
    }

    private Map<String, List<State>> states(WorkloadTable table, long snapshot) throws SQLException {
        Map<String, List<State>> states = new TreeMap<>();
        try (PreparedStatement query = database.prepareStatement("SELECT number, op, before, after, transaction::text,"
                + " pg_xact_commit_timestamp(transaction) FROM truth.change WHERE relation = ? ORDER BY number")) {
            query.setString(1, table.id());
            ResultSet change = query.executeQuery();
            while (change.next()) {
                boolean read = change.getLong(1) <= snapshot;
                Timestamp commit = change.getTimestamp(6);
                State state = new State(read ? "" : change.getString(5), commit.toInstant(), read, null);
                apply(table, states, state, change);
            }
        }
        return states;
    }

    private static void apply(WorkloadTable table, Map<String, List<State>> states, State state, ResultSet change)
            throws SQLException {
        if (change.getString(2).equals("TRUNCATE")) {
            states.values().stream().filter(WorkloadTruth::lives).forEach(each -> put(each, state, null));
            return;
        }
        if (change.getString(3) != null) {
            put(
                    states.computeIfAbsent(key(table, row(table, change.getString(3))), k -> new ArrayList<>()),
                    state,
                    null);
        }
        if (change.getString(4) != null) {
            Map<String, String> row = row(table, change.getString(4));
            put(states.computeIfAbsent(key(table, row), k -> new ArrayList<>()), state, row);
        }
    }

    private static boolean lives(List<State> states) {
        return states.get(states.size() - 1).row() != null;
    }

    /** Row 2 of semantics.md: a transaction gives a key at most one version, with the last image. */
    private static void put(List<State> states, State state, Map<String, String> row) {
        State now = new State(state.transaction(), state.commit(), state.snapshot(), row);
        boolean same =
                !states.isEmpty() && states.get(states.size() - 1).transaction().equals(state.transaction());
        if (same) {
            states.set(states.size() - 1, now);
        } else {
            states.add(now);
        }
    }

    /** Rows 2, 3 and 10: what leaves the row as it was continues the version, a delete closes it and adds none. */
    private static List<WorkloadVersion> versions(List<State> states) {
        List<WorkloadVersion> versions = new ArrayList<>();
        Instant moment = Instant.MIN;
        Map<String, String> row = null;
        for (State state : states) {
            // Row 2: the commit time, or one microsecond after the transaction before when the clock says less.
            Instant least = moment.equals(Instant.MIN) ? moment : moment.plusNanos(1000);
            moment = state.commit().isBefore(least) ? least : state.commit();
            boolean equal = row == null ? state.row() == null : row.equals(state.row());
            if (equal) {
                continue;
            }
            if (row != null) {
                int last = versions.size() - 1;
                versions.set(last, versions.get(last).until(moment.toString()));
            }
            row = state.row();
            if (row != null) {
                versions.add(
                        new WorkloadVersion(row, state.snapshot() ? "" : moment.toString(), "", state.transaction()));
            }
        }
        return versions;
    }

    /**
     * The keys of which the rows of the source are not the last images that the triggers saw. The triggers are an oracle
     * as long as there is none. Rows 24 and 25: a column that came by a later statement has no value in the images
     * before, whatever its default, and one that went has none in the table.
     */
    List<String> differences(WorkloadTable table, Map<String, List<WorkloadVersion>> versions) throws SQLException {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        try (Statement statement = database.createStatement()) {
            statement.execute("SET timezone = 'UTC'; SET datestyle = 'ISO'; SET intervalstyle = 'iso_8601'");
            ResultSet row = statement.executeQuery("SELECT row_to_json(t) FROM " + table.quoted() + " t");
            while (row.next()) {
                Map<String, String> read = row(table, row.getString(1));
                rows.put(key(table, read), read);
            }
        }
        List<String> differences = new ArrayList<>();
        versions.forEach((key, each) -> {
            WorkloadVersion last = each.get(each.size() - 1);
            Map<String, String> now = rows.remove(key);
            Map<String, String> noted = last.to().isEmpty() ? new TreeMap<>(last.row()) : null;
            if (now != null && noted != null) {
                noted.keySet().retainAll(names(table));
                now.keySet().removeIf(name -> !table.first().contains(name) && !noted.containsKey(name));
            }
            if (!Objects.equals(now, noted)) {
                differences.add(table.id() + " " + key + " is " + now + ", the triggers saw " + noted);
            }
        });
        rows.forEach((key, row) -> differences.add(table.id() + " " + key + " is " + row + ", the triggers saw none"));
        return differences;
    }

    private static Set<String> names(WorkloadTable table) {
        return Stream.concat(table.keys().stream(), table.columns().stream())
                .map(WorkloadTable.Column::name)
                .collect(Collectors.toSet());
    }

    static String key(WorkloadTable table, Map<String, String> row) {
        return table.keys().stream()
                .map(column -> row.get(column.name()))
                .toList()
                .toString();
    }

    /** Row 25: in the lake a null and a column that did not exist look the same, so neither is in the map. */
    private static Map<String, String> row(WorkloadTable table, String json) {
        Map<String, String> row = new TreeMap<>();
        JsonNode read = WorkloadForm.json(json);
        read.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                WorkloadType type = table.types().get(field.getKey());
                row.put(field.getKey(), type.form().source().apply(field.getValue()));
            }
        });
        return row;
    }
}
