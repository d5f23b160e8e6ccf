package dev.sluice.deploy.truth;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What the sample policy makes of each column of the shop, said once more by hand: clear text in, shown text out. */
final class Policy {

    /** Columns whose shown form cannot be computed without keys: they are compared as pairs of clear and shown text. */
    static final Map<String, List<String>> SECRET = Map.of(
            "customers", List.of("full_name", "email", "nickname"),
            "payment_cards", List.of("pan", "holder"),
            "scratch_carts", List.of("payload"));

    /** Columns that must not exist. */
    static final Map<String, List<String>> DROPPED = Map.of("customers", List.of("street"));

    private static final Map<String, Map<String, UnaryOperator<String>>> FORMS = Map.of(
            "customers",
                    Map.ofEntries(
                            Map.entry("id", Policy::keep),
                            Map.entry("phone", text -> "*****" + text.substring(text.length() - 2)),
                            Map.entry("birth_date", text -> text.substring(0, 4)),
                            Map.entry("city", Policy::keep),
                            Map.entry("postcode", text -> text.substring(0, 2) + "*****"),
                            Map.entry("country", Policy::keep),
                            Map.entry("prefs", text -> "{}"),
                            Map.entry("loyalty_tier", Policy::keep),
                            Map.entry("created_at", Policy::instant),
                            Map.entry("updated_at", Policy::moment)),
            "orders",
                    Map.of(
                            "id",
                            Policy::keep,
                            "customer_id",
                            Policy::keep,
                            "status",
                            Policy::keep,
                            "total",
                            Policy::number,
                            "note",
                            text -> "",
                            "placed_at",
                            Policy::instant),
            "order_items",
                    Map.of(
                            "order_id",
                            Policy::keep,
                            "line_no",
                            Policy::keep,
                            "sku",
                            Policy::keep,
                            "quantity",
                            Policy::keep,
                            "unit_price",
                            Policy::number),
            "support_notes",
                    Map.of(
                            "id",
                            Policy::keep,
                            "customer_id",
                            Policy::keep,
                            "channel",
                            Policy::keep,
                            "body",
                            text -> "[redacted]",
                            "tags",
                            Policy::keep,
                            "created_at",
                            Policy::instant),
            "payment_cards",
                    Map.of("customer_id", Policy::keep, "expiry", text -> "1900-01-01", "limit_amount", Policy::bucket),
            "scratch_carts", Map.of("id", Policy::keep, "customer_id", Policy::keep));

    private Policy() {}

    /** The columns of a row as a reader must find them, secret ones in clear; nulls left out. */
    static Map<String, String> shown(Truth.Version version) {
        Map<String, String> shown = new TreeMap<>(open(version));
        secret(version).forEach((column, clear) -> shown.put(column, "clear " + clear));
        return shown;
    }

    /** The columns of a row that can be foretold. */
    static Map<String, String> open(Truth.Version version) {
        Map<String, UnaryOperator<String>> forms = FORMS.get(version.table());
        Map<String, String> open = new TreeMap<>();
        version.row().forEach((column, value) -> {
            if (forms.containsKey(column) && !value.isNull()) {
                String text = forms.get(column).apply(text(value));
                if (!text.isEmpty()) {
                    open.put(column, text);
                }
            }
        });
        return open;
    }

    /** The clear values of the columns that cannot. */
    static Map<String, String> secret(Truth.Version version) {
        Map<String, String> secret = new TreeMap<>();
        for (String column : SECRET.getOrDefault(version.table(), List.of())) {
            JsonNode value = version.row().get(column);
            if (value != null && !value.isNull()) {
                secret.put(column, text(value));
            }
        }
        return secret;
    }

    /** The person that the row is about, empty for tables without. */
    static String person(String table, Map<String, String> columns) {
        return columns.getOrDefault(table.equals("customers") ? "id" : "customer_id", "");
    }

    /** Within what a value is always shown alike: pseudonyms everywhere, sealed values for one person. */
    static String scope(String table, String column, Map<String, String> columns) {
        return column.equals("email") || column.equals("pan") ? "" : person(table, columns);
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static String bucket(String text) {
        BigDecimal size = BigDecimal.valueOf(500);
        return number(new BigDecimal(text)
                .divide(size, 0, RoundingMode.FLOOR)
                .multiply(size)
                .toPlainString());
    }

    private static String keep(String text) {
        return text;
    }

    private static String instant(String text) {
        return OffsetDateTime.parse(text).toInstant().toString();
    }

    private static String moment(String text) {
        return LocalDateTime.parse(text).toString();
    }

    private static String number(String text) {
        return new BigDecimal(text).stripTrailingZeros().toPlainString();
    }
}
