package dev.sluice.deploy.e2e;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table of the workload: what it has now, and what it may get. */
final class WorkloadTable {

    private static final List<String> TABLES = List.of("Order-Items", "2024_lines", "plain", "CamelCase", "select");
    private static final List<String> COLUMNS = List.of(
            "plain",
            "Mixed Case",
            "select",
            "e-mail",
            "2fa",
            "semi;colon",
            "a.b",
            "Straße",
            "имя",
            "per%cent",
            "C_o_l",
            "x/y",
            "valid",
            "op",
            "(n)",
            "back\\slash");
    private static final int SPARE = 12;

    /** A column. */
    record Column(String name, WorkloadType type) {
        String quoted() {
            return WorkloadTable.quoted(name);
        }
    }

    private final String schema;
    private final String name;
    private final List<Column> keys = new ArrayList<>();
    private final Map<String, WorkloadType> types = new ConcurrentHashMap<>();
    private final Deque<Column> spare = new ArrayDeque<>();
    private final Deque<String> otherNames = new ArrayDeque<>();
    private final Set<String> names;
    private final Set<String> first;
    private final boolean full;
    private volatile List<Column> columns;

    WorkloadTable(String schema, int number, Random random) {
        this.schema = schema;
        name = TABLES.get(number % TABLES.size()) + (number < TABLES.size() ? "" : number);
        full = random.nextInt(3) == 0;
        int parts = random.nextInt(3) == 0 ? 2 : 1;
        for (int part = 0; part < parts; part++) {
            keys.add(column("Key " + part, pick(WorkloadType.KEYS, random)));
        }
        columns = IntStream.range(0, 5 + random.nextInt(8))
                .mapToObj(i -> column(named(i, random), pick(WorkloadType.ALL, random)))
                .toList();
        first = Set.copyOf(types.keySet());
        for (int i = 0; i < SPARE; i++) {
            spare.add(column("new " + named(i, random), pick(WorkloadType.ALL, random)));
            otherNames.add("other " + named(i, random));
        }
        names = new TreeSet<>(types.keySet());
        names.addAll(otherNames);
    }

    private Column column(String columnName, WorkloadType type) {
        types.put(columnName, type);
        return new Column(columnName, type);
    }

    /** A name that no other column of the table has in any spelling. */
    private static String named(int i, Random random) {
        return pick(COLUMNS, random) + " " + i;
    }

    static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** Schema and name with a dot between. */
    String id() {
        return schema + "." + name;
    }

    String quoted() {
        return quoted(schema) + "." + quoted(name);
    }

    String schema() {
        return schema;
    }

    /** Whether every change has the whole row. */
    boolean sendsWholeRows() {
        return full;
    }

    List<Column> keys() {
        return keys;
    }

    /** The columns beside the key, as far as sessions know. */
    List<Column> columns() {
        return columns;
    }

    void columns(List<Column> now) {
        columns = List.copyOf(now);
    }

    /** A column that the table has never had, or null. */
    synchronized @Nullable Column spare() {
        return spare.poll();
    }

    /** The same column under a name that the table has never had, or null. */
    synchronized @Nullable Column renamed(Column before) {
        String other = otherNames.poll();
        return other == null ? null : column(other, before.type());
    }

    /** The name of every column that the table has, had or may get. */
    Set<String> names() {
        return names;
    }

    /** The names of the columns that the table was made with. */
    Set<String> first() {
        return first;
    }

    /** The type of every column that the table has, had or may get, except names that no column got. */
    Map<String, WorkloadType> types() {
        return types;
    }

    boolean full() {
        return full;
    }

    List<String> create() {
        String definitions = Stream.concat(keys.stream(), columns.stream())
                .map(column -> column.quoted() + " " + sql(column.type().sql()))
                .collect(Collectors.joining(", "));
        String key = keys.stream().map(Column::quoted).collect(Collectors.joining(", "));
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE " + quoted() + " (" + definitions + ", PRIMARY KEY (" + key + "))");
        if (full) {
            statements.add("ALTER TABLE " + quoted() + " REPLICA IDENTITY FULL");
        }
        return statements;
    }

    /** The text with the schema of this table in it. */
    String sql(String text) {
        return text.replace("@schema", quoted(schema));
    }

    /** A random value of the type, or null now and then. */
    String value(Column column, Random random) {
        return random.nextInt(8) == 0 ? "NULL" : sql(column.type().value().apply(random));
    }

    /** The values of the n-th key. */
    List<String> key(int n) {
        return keys.size() == 1
                ? List.of(keys.get(0).type().key().apply(n))
                : List.of(
                        keys.get(0).type().key().apply(n % 5),
                        keys.get(1).type().key().apply(n / 5));
    }

    /** The condition that names the row of the n-th key. */
    String where(int n) {
        List<String> values = key(n);
        return IntStream.range(0, keys.size())
                .mapToObj(i -> keys.get(i).quoted() + " = " + values.get(i))
                .collect(Collectors.joining(" AND "));
    }

    /** The assignments that give a row the n-th key. */
    String assignKey(int n) {
        return where(n).replace(" AND ", ", ");
    }
}
