package dev.sluice.policy;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.RowSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of the sample shop as the decoder sees them. */
public final class ShopSchemas {

    private static final DataType MONEY = DataType.decimal(10, 2);

    private ShopSchemas() {}

    public static DatasetId dataset(String table) {
        return new DatasetId("shop", "public", table);
    }

    /** Every table, by dataset. */
    public static Map<DatasetId, RowSchema> all() {
        Map<DatasetId, RowSchema> all = new LinkedHashMap<>();
        all.put(dataset("customers"), customers());
        all.put(
                dataset("orders"),
                new Fields()
                        .key("id", DataType.Kind.INT64)
                        .add("customer_id", DataType.Kind.INT64)
                        .add("status", DataType.Kind.TEXT)
                        .add("total", MONEY)
                        .add("note", DataType.Kind.TEXT)
                        .add("placed_at", DataType.Kind.INSTANT)
                        .schema());
        all.put(
                dataset("order_items"),
                new Fields()
                        .key("order_id", DataType.Kind.INT64)
                        .key("line_no", DataType.Kind.INT32)
                        .add("sku", DataType.Kind.TEXT)
                        .add("quantity", DataType.Kind.INT32)
                        .add("unit_price", MONEY)
                        .schema());
        all.put(
                dataset("support_notes"),
                new Fields()
                        .key("id", DataType.Kind.UUID)
                        .add("customer_id", DataType.Kind.INT64)
                        .add("channel", DataType.enumeration(List.of("mail", "phone", "chat")))
                        .add("body", DataType.Kind.TEXT)
                        .add("tags", DataType.array(DataType.of(DataType.Kind.TEXT)))
                        .add("created_at", DataType.Kind.INSTANT)
                        .schema());
        all.put(
                dataset("payment_cards"),
                new Fields()
                        .key("pan", DataType.Kind.TEXT)
                        .add("customer_id", DataType.Kind.INT64)
                        .add("holder", DataType.Kind.TEXT)
                        .add("expiry", DataType.Kind.TEXT)
                        .add("limit_amount", MONEY)
                        .schema());
        all.put(
                dataset("scratch_carts"),
                new Fields()
                        .key("id", DataType.Kind.INT64)
                        .add("customer_id", DataType.Kind.INT64)
                        .add("payload", DataType.Kind.JSON)
                        .schema());
        return all;
    }

    /** Customers after a column was added that the catalog knows and one that it does not. */
    public static RowSchema customers() {
        return new Fields()
                .key("id", DataType.Kind.INT64)
                .add("full_name", DataType.Kind.TEXT)
                .add("email", DataType.Kind.TEXT)
                .add("phone", DataType.Kind.TEXT)
                .add("birth_date", DataType.Kind.DATE)
                .add("street", DataType.Kind.TEXT)
                .add("city", DataType.Kind.TEXT)
                .add("postcode", DataType.Kind.TEXT)
                .add("country", DataType.Kind.TEXT)
                .add("prefs", DataType.Kind.JSON)
                .add("created_at", DataType.Kind.INSTANT)
                .add("updated_at", DataType.Kind.INSTANT)
                .add("loyalty_tier", DataType.Kind.TEXT)
                .add("nickname", DataType.Kind.TEXT)
                .schema();
    }

    /** A schema, field by field. */
    public static final class Fields {

        private final List<Field> fields = new ArrayList<>();

        public Fields key(String name, DataType.Kind type) {
            fields.add(new Field(name, DataType.of(type), false, true));
            return this;
        }

        public Fields add(String name, DataType.Kind type) {
            return add(name, DataType.of(type));
        }

        public Fields add(String name, DataType type) {
            fields.add(new Field(name, type, true, false));
            return this;
        }

        public RowSchema schema() {
            return RowSchema.of(fields);
        }
    }
}
