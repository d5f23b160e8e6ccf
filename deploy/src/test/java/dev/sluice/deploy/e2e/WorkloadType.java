package dev.sluice.deploy.e2e;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A type of column that flows.
 *
 * @param sql its name in a statement; {@code @schema} stands for the schema of the table
 * @param form how its values compare
 * @param value a random value, as an expression of SQL
 * @param key the n-th of many different values, where the type is used for keys; null otherwise
 * @param large whether values are stored outside the row
 */
record WorkloadType(
        String sql, WorkloadForm form, Function<Random, String> value, IntFunction<String> key, boolean large) {

    private static final List<String> WORDS = List.of(
            "",
            " ",
            "a",
            "Ana",
            "it's",
            "\"quoted\"",
            "a,b",
            "back\\slash",
            "tab\there",
            "line\nbreak",
            "Zoë",
            "中文",
            "\uD83D\uDE00",
            "\uFFFD",
            "NULL",
            "null",
            "{}",
            "__debezium_unavailable_value",
            "%s",
            "${x}",
            "<a/>",
            "0");
    static final WorkloadType VARCHAR =
            plain("varchar(20)", WorkloadForm.TEXT, r -> text(word(r)), i -> text("k" + i + ",\"'"));

    /** Types of keys and of all other columns. */
    static final List<WorkloadType> ALL = List.of(
            plain("integer", WorkloadForm.TEXT, r -> number(r, 32), String::valueOf),
            plain("bigint", WorkloadForm.TEXT, r -> number(r, 64), i -> String.valueOf(9_007_199_254_740_991L + i)),
            plain("smallint", WorkloadForm.TEXT, r -> number(r, 16), i -> String.valueOf(i - 30)),
            plain("text", WorkloadForm.TEXT, r -> text(word(r) + word(r)), i -> text("key " + i + " ü")),
            VARCHAR,
            plain("uuid", WorkloadForm.TEXT, r -> uuid("" + r.nextInt()), i -> uuid("" + i)),
            plain("date", WorkloadForm.DATE, WorkloadType::date, i -> "'2024-01-01'::date + " + i),
            plain(
                    "timestamptz",
                    WorkloadForm.INSTANT,
                    WorkloadType::moment,
                    i -> "'2024-01-01 00:00:00.000001Z'::timestamptz + " + i + " * interval '1 us'"),
            plain("numeric(12,2)", WorkloadForm.DECIMAL, r -> decimal(r, 10, 2), i -> i + ".50"),
            plain("char(6)", WorkloadForm.TEXT, r -> text("c" + r.nextInt(99)), i -> text("c" + i)),
            plain("bytea", WorkloadForm.TEXT, r -> "'\\x" + hex(r, r.nextInt(20)) + "'", i -> "'\\x%04x00ff'"
                    .formatted(i)),
            other("boolean", WorkloadForm.TEXT, r -> String.valueOf(r.nextBoolean())),
            other("real", WorkloadForm.FLOAT4, r -> "'" + pick(r, "1.5", "NaN", "-Infinity", "" + r.nextFloat()) + "'"),
            other(
                    "double precision",
                    WorkloadForm.FLOAT8,
                    r -> "'" + pick(r, "0.1", "NaN", "Infinity", "1e300", "" + r.nextDouble()) + "'"),
            other("numeric", WorkloadForm.EXACT, r -> pick(r, "1.100", "-1e30", "0.000", decimal(r, 40, 30))),
            other("numeric(38,10)", WorkloadForm.DECIMAL, r -> decimal(r, 28, 10)),
            other("numeric(60,5)", WorkloadForm.EXACT, r -> decimal(r, 50, 5)),
            other("money", WorkloadForm.DECIMAL, r -> "'" + decimal(r, 12, 2) + "'"),
            other("time", WorkloadForm.TIME, WorkloadType::time),
            other(
                    "timetz",
                    WorkloadForm.ZONED_TIME,
                    r -> "'" + unquoted(time(r)) + pick(r, "+00", "+02", "-05:30", "+14") + "'"),
            other("timestamp", WorkloadForm.TIMESTAMP, WorkloadType::moment),
            other("timestamp(3)", WorkloadForm.TIMESTAMP, WorkloadType::moment),
            other("interval", WorkloadForm.INTERVALS, WorkloadType::interval),
            other("jsonb", WorkloadForm.DOCUMENT, WorkloadType::document),
            other("json", WorkloadForm.DOCUMENT, WorkloadType::document),
            other("@schema.mood", WorkloadForm.TEXT, r -> "'" + pick(r, "ok", "sad, so sad", "Happy") + "'"),
            other("inet", WorkloadForm.TEXT, r -> "'10." + r.nextInt(256) + ".0.1/" + r.nextInt(33) + "'"),
            other("int4range", WorkloadForm.TEXT, r -> "int4range(" + r.nextInt(9) + ", " + (9 + r.nextInt(9)) + ")"),
            other("varbit(12)", WorkloadForm.TEXT, r -> "B'" + Integer.toBinaryString(r.nextInt(4096)) + "'"),
            array("integer", WorkloadForm.TEXT, r -> number(r, 32)),
            array("text", WorkloadForm.TEXT, r -> text(word(r))),
            array(
                    "numeric(10,2)",
                    WorkloadForm.TEXT,
                    r -> "1" + decimal(r, 5, 2).replace("-", "")),
            array("boolean", WorkloadForm.TEXT, r -> String.valueOf(r.nextBoolean())),
            array("double precision", WorkloadForm.FLOAT8, r -> "" + (r.nextInt(1000) + 0.5)),
            array("uuid", WorkloadForm.TEXT, r -> uuid("" + r.nextInt())),
            array("date", WorkloadForm.DATE, WorkloadType::date),
            array("timestamp", WorkloadForm.TIMESTAMP, WorkloadType::moment),
            array("@schema.mood", WorkloadForm.TEXT, r -> "'" + pick(r, "ok", "Happy") + "'"),
            large("text", WorkloadForm.TEXT, many -> "(SELECT string_agg(md5(" + many + " || i), '') FROM s(i))"),
            large(
                    "jsonb",
                    WorkloadForm.DOCUMENT,
                    many -> "(SELECT jsonb_object_agg(i, md5(" + many + " || i)) FROM s(i))"),
            large(
                    "bytea",
                    WorkloadForm.TEXT,
                    many -> "(SELECT decode(string_agg(md5(" + many + " || i), ''), 'hex') FROM s(i))"),
            large(
                    "text[]",
                    WorkloadForm.arrayOf(WorkloadForm.TEXT),
                    many -> "(SELECT array_agg(md5(" + many + " || i)) FROM s(i))"),
            large(
                    "integer[]",
                    WorkloadForm.arrayOf(WorkloadForm.TEXT),
                    many -> "(SELECT array_agg(hashtext(" + many + " || i)) FROM s(i))"));

    /** Types whose values name rows. */
    static final List<WorkloadType> KEYS =
            ALL.stream().filter(type -> type.key() != null).toList();

    private static WorkloadType plain(
            String sql, WorkloadForm form, Function<Random, String> value, IntFunction<String> key) {
        return new WorkloadType(sql, form, value, key, false);
    }

    private static WorkloadType other(String sql, WorkloadForm form, Function<Random, String> value) {
        return plain(sql, form, value, null);
    }

    private static WorkloadType array(String element, WorkloadForm form, Function<Random, String> value) {
        return other(element + "[]", WorkloadForm.arrayOf(form), r -> {
            StringBuilder elements = new StringBuilder("ARRAY[");
            for (int i = r.nextInt(4); i > 0; i--) {
                elements.append(r.nextInt(5) == 0 ? "NULL" : value.apply(r)).append(i > 1 ? ", " : "");
            }
            return elements.append("]::").append(element).append("[]").toString();
        });
    }

    private static WorkloadType large(String sql, WorkloadForm form, Function<String, String> expression) {
        return new WorkloadType(
                sql,
                form,
                r -> expression
                        .apply("'" + r.nextLong() + " '")
                        .replace("s(i)", "generate_series(1, " + (900 + r.nextInt(500)) + ") i"),
                null,
                true);
    }

    private static String pick(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }

    private static String word(Random random) {
        String word = WORDS.get(random.nextInt(WORDS.size()));
        return word.length() > 20 ? word.substring(0, 20) : word;
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static String number(Random random, int bits) {
        long least = -(1L << (bits - 1));
        long any = random.nextLong() >> (64 - bits);
        return pick(random, "0", "7", "(" + any + ")", "'" + least + "'", String.valueOf(-(least + 1)));
    }

    private static String decimal(Random random, int digits, int scale) {
        StringBuilder number = new StringBuilder(random.nextBoolean() ? "-" : "");
        for (int i = 1 + random.nextInt(digits); i > 0; i--) {
            number.append(random.nextInt(10));
        }
        number.append('.');
        for (int i = 0; i < scale; i++) {
            number.append(random.nextInt(10));
        }
        return number.toString();
    }

    private static String uuid(String name) {
        return "'" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)) + "'";
    }

    private static String hex(Random random, int bytes) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < bytes; i++) {
            hex.append("%02x".formatted(random.nextInt(256)));
        }
        return hex.toString();
    }

    private static String date(Random random) {
        return pick(random, "'1582-10-10'", "'0044-03-15 BC'", "'9999-12-31'", day(random), day(random));
    }

    private static String day(Random random) {
        return "'%04d-%02d-%02d'".formatted(1 + random.nextInt(9998), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private static String time(Random random) {
        return "'%02d:%02d:%02d.%06d'"
                .formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60), random.nextInt(1_000_000));
    }

    private static String moment(Random random) {
        return pick(
                random,
                "'0001-01-01 00:00:00Z'",
                "'1969-12-31 23:59:59.999999Z'",
                "'2024-10-27 01:30:00Z'",
                "'" + unquoted(day(random)) + " " + unquoted(time(random)) + "Z'");
    }

    private static String interval(Random random) {
        return pick(
                random,
                "'0'",
                "'1 year 2 months 3 days 04:05:06.789012'",
                "'-1 year -2 days'",
                "'" + random.nextInt(400) + " days " + random.nextInt(90) + ".5 seconds'");
    }

    /** A document; SQL null and the JSON value null look the same in {@code row_to_json}, so the latter is left out. */
    private static String document(Random random) {
        return "'"
                + pick(
                        random,
                        "{}",
                        "[]",
                        "{\"b\": 1, \"a\": [null, true, 1.0, 12345678901234567890.5]}",
                        "\"text\"",
                        "{\"n\": " + random.nextInt() + ", \"ü\": \""
                                + word(random).replaceAll("[\"\\\\\n\t']", "") + "\"}")
                + "'";
    }

    private static String unquoted(String literal) {
        return literal.replace("'", "");
    }
}
