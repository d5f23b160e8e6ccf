package dev.sluice.cdc.decode;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.Field;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.postgresql.util.PGInterval;

/** A table with a column of every type, rows for it, and its values as the JDBC driver reads them. */
final class Zoo {

    static final int STREAMED = 100;

    /** Column, type, and SQL values for the rows: an ordinary one, the least, the greatest. */
    private static final String[][] COLUMNS = {
        {"c_int2", "smallint", "7", "-32768", "32767"},
        {"c_int4", "integer", "7", "-2147483648", "2147483647"},
        {"c_int8", "bigint", "7", "-9223372036854775808", "9223372036854775807"},
        {"c_float4", "real", "1.5", "'-Infinity'", "'NaN'"},
        {"c_float8", "double precision", "0.1", "'-0'", "'Infinity'"},
        {"c_num", "numeric(10,2)", "12.30", "-99999999.99", "99999999.99"},
        {"c_num38", "numeric(38,10)", "1", "-9999999999999999999999999999.9999999999", "0.0000000001"},
        {"c_num60", "numeric(60,5)", "1.5", "-1e54", "123456789012345678901234567890123456789012345.12345"},
        {"c_var", "numeric", "1.100", "-1e60", "12345678901234567890.123456789012345678901234567890"},
        {"c_text", "text", "'Ana'", "''", "'Zoë \uD83D\uDE00 \u4E2D\u6587 \uFEFF\uFFFD tab\there'"},
        {"c_varchar", "varchar(20)", "'abc'", "''", "' padded '"},
        {"c_char", "char(6)", "'abc'", "''", "'abcdef'"},
        {"c_bool", "boolean", "true", "false", "true"},
        {"c_date", "date", "'2024-02-29'", "'0001-01-01'", "'9999-12-31'"},
        {"c_date2", "date", "'1582-10-10'", "'0044-03-15 BC'", "'1500-02-28'"},
        {"c_time", "time", "'13:14:15.123456'", "'00:00:00'", "'23:59:59.999999'"},
        {"c_timetz", "timetz", "'13:14:15.123456+02'", "'00:00:00+00'", "'23:59:59.999999-05:30'"},
        {"c_ts", "timestamp", "'2024-02-29 13:14:15.123456'", "'0001-01-01 00:00:00'", "'9999-12-31 23:59:59.999999'"},
        {"c_ts3", "timestamp(3)", "'2024-02-29 13:14:15.123'", "'1582-10-10 00:00:00'", "'9999-12-31 23:59:59.999'"},
        {"c_tstz", "timestamptz", "'2024-02-29 13:14:15.123456+02'", "'0001-01-01 00:00:00Z'", "'9999-12-31 23:59:59Z'"
        },
        {"c_tstz2", "timestamptz", "'2024-10-27 01:30:00Z'", "'1969-12-31 23:59:59.999999Z'", "'12024-01-01 00:00:00Z'"
        },
        {"c_interval", "interval", "'1 year 2 months 3 days 04:05:06.789012'", "'-1 year -2 days'", "'0'"},
        {"c_uuid", "uuid", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "'00000000-0000-0000-0000-000000000000'", "NULL"},
        {"c_json", "json", "'{\"a\": [1, null]}'", "'null'", "'\"text\"'"},
        {"c_jsonb", "jsonb", "'{\"b\":1,\"a\":2}'", "'null'", "'[]'"},
        {"c_enum", "mood", "'ok'", "'sad, so sad'", "'happy'"},
        {"c_bytea", "bytea", "'\\x00ff10'", "''", "'\\x5c78'"},
        {"c_inet", "inet", "'192.168.0.1/24'", "'::1'", "'10.0.0.1'"},
        {"c_cidr", "cidr", "'192.168.0.0/24'", "'::/0'", "'10.0.0.0/8'"},
        {"c_mac", "macaddr", "'08:00:2b:01:02:03'", "NULL", "'00:00:00:00:00:00'"},
        {"c_xml", "xml", "'<a>b</a>'", "''", "'<x/>'"},
        {"c_money", "money", "'12.34'", "'-92233720368547758.08'", "'92233720368547758.07'"},
        {"c_bit1", "bit(1)", "B'1'", "B'0'", "B'1'"},
        {"c_bit", "bit(10)", "B'1000000001'", "B'0000000000'", "B'1111111111'"},
        {"c_varbit", "varbit(12)", "B'101'", "B'1'", "B'111111111111'"},
        {"c_range", "int4range", "'[1,5)'", "'empty'", "'(,)'"},
        {"c_oid", "oid", "1", "0", "4294967295"},
        {"a_int4", "integer[]", "'{1,NULL,-3}'", "'{}'", "'{2147483647}'"},
        {"a_int8", "bigint[]", "'{1,NULL,-3}'", "'{}'", "'{9223372036854775807}'"},
        {"a_text", "text[]", "'{\"a,b\",NULL,\"\",\"\\\"\"}'", "'{}'", "'{Zoë}'"},
        {"a_num", "numeric(10,2)[]", "'{1.50,NULL}'", "'{}'", "'{99999999.99}'"},
        {"a_bool", "boolean[]", "'{t,NULL,f}'", "'{}'", "'{t}'"},
        {"a_float8", "float8[]", "'{1.5,NULL}'", "'{}'", "'{NaN}'"},
        {"a_uuid", "uuid[]", "'{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11,NULL}'", "'{}'", "NULL"},
        {"a_date", "date[]", "'{2024-02-29,NULL}'", "'{}'", "'{1582-10-15}'"},
        {"a_ts", "timestamp[]", "'{2024-02-29 13:14:15.123456,NULL}'", "'{}'", "NULL"},
        {"a_jsonb", "jsonb[]", "ARRAY['{\"a\": 1}'::jsonb, NULL]", "'{}'", "NULL"},
        {"a_enum", "mood[]", "'{ok,happy}'", "'{}'", "NULL"},
    };

    static final int ROWS = 4;

    private Zoo() {}

    static String[] create() {
        StringBuilder columns = new StringBuilder("id int PRIMARY KEY");
        for (String[] column : COLUMNS) {
            columns.append(", ").append(column[0]).append(' ').append(column[1]);
        }
        return new String[] {
            "CREATE TYPE mood AS ENUM ('ok', 'sad, so sad', 'happy')", "CREATE TABLE zoo (" + columns + ")"
        };
    }

    /** One row per kind of value and one of nulls, with ids after that number. */
    static String[] rows(int offset) {
        List<String> inserts = new ArrayList<>();
        for (int kind = 0; kind < 3; kind++) {
            StringBuilder values = new StringBuilder().append(offset + kind + 1);
            for (String[] column : COLUMNS) {
                values.append(", ").append(column[2 + kind]);
            }
            inserts.add("INSERT INTO zoo VALUES (" + values + ")");
        }
        inserts.add("INSERT INTO zoo (id) VALUES (" + (offset + ROWS) + ")");
        return inserts.toArray(String[]::new);
    }

    /** The driver's value, made comparable. */
    static Object driverValue(ResultSet rows, Field field) throws SQLException {
        String name = field.name();
        if (rows.getString(name) == null) {
            return null;
        }
        return switch (field.type().kind()) {
            case BOOLEAN -> rows.getBoolean(name);
            case INT32 -> rows.getInt(name);
            case INT64 -> rows.getLong(name);
            case FLOAT32 -> rows.getFloat(name);
            case FLOAT64 -> rows.getDouble(name);
            case DECIMAL -> new BigDecimal(rows.getString(name).replaceAll("[$,]", ""));
            case BIG_DECIMAL -> bigDecimal(rows.getString(name));
            case BYTES -> HexFormat.of().formatHex(rows.getBytes(name));
            case DATE -> rows.getObject(name, LocalDate.class);
            case TIME -> rows.getObject(name, LocalTime.class);
            case TIMESTAMP -> rows.getObject(name, LocalDateTime.class);
            case INSTANT -> rows.getObject(name, OffsetDateTime.class).toInstant();
            case TIME_WITH_ZONE -> rows.getObject(name, OffsetTime.class).withOffsetSameInstant(ZoneOffset.UTC);
            case INTERVAL -> period((PGInterval) rows.getObject(name));
            case ARRAY -> elements(rows.getArray(name));
            default -> rows.getString(name);
        };
    }

    /** The decoded value in the same comparable form. */
    static Object comparable(DataType type, Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case BIG_DECIMAL -> ((BigDecimal) value).stripTrailingZeros();
            case BYTES -> HexFormat.of().formatHex((byte[]) value);
            case TIME_WITH_ZONE -> OffsetTime.parse((String) value);
            case ARRAY -> ((List<?>) value)
                    .stream()
                            .map(element -> element == null ? "null" : text(comparable(type.element(), element)))
                            .toList();
            default -> value;
        };
    }

    private static BigDecimal bigDecimal(String text) {
        return new BigDecimal(text.replaceAll("[$,]", "")).stripTrailingZeros();
    }

    private static List<String> elements(Array array) throws SQLException {
        List<String> elements = new ArrayList<>();
        for (Object element : (Object[]) array.getArray()) {
            elements.add(element == null ? "null" : text(normal(element)));
        }
        return elements;
    }

    private static Object normal(Object element) {
        if (element instanceof java.sql.Timestamp timestamp) {
            return timestamp.toLocalDateTime();
        }
        return element instanceof java.sql.Date date ? date.toLocalDate() : element;
    }

    private static String text(Object value) {
        return value instanceof BigDecimal decimal
                ? decimal.stripTrailingZeros().toPlainString()
                : Objects.toString(value);
    }

    private static String period(PGInterval interval) {
        return "P%dY%dM%dDT%dH%dM%sS"
                .formatted(
                        interval.getYears(),
                        interval.getMonths(),
                        interval.getDays(),
                        interval.getHours(),
                        interval.getMinutes(),
                        BigDecimal.valueOf(interval.getSeconds())
                                .stripTrailingZeros()
                                .toPlainString());
    }
}
