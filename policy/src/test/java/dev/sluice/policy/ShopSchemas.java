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
                        .must("customer_id", DataType.Kind.INT64)
                        .must("status", DataType.enumeration(List.of("placed", "paid", "shipped")))
                        .must("total", DataType.decimal(12, 2))
                        .add("note", DataType.Kind.TEXT)
                        .must("placed_at", DataType.Kind.INSTANT)
                        .schema());
        all.put(
                dataset("order_items"),
                new Fields()
                        .key("order_id", DataType.Kind.INT64)
                        .key("line_no", DataType.Kind.INT32)
                        .must("sku", DataType.Kind.TEXT)
                        .must("quantity", DataType.Kind.INT32)
                        .must("unit_price", DataType.decimal(10, 2))
                        .schema());
        all.put(
                dataset("support_notes"),
                new Fields()
                        .key("id", DataType.Kind.UUID)
                        .must("customer_id", DataType.Kind.INT64)
                        .must("channel", DataType.Kind.TEXT)
                        .must("body", DataType.Kind.TEXT)
                        .must("tags", DataType.array(DataType.of(DataType.Kind.TEXT)))
                        .must("created_at", DataType.Kind.INSTANT)
                        .schema());
        all.put(
                dataset("payment_cards"),
                new Fields()
                        .key("pan", DataType.Kind.TEXT)
                        .must("customer_id", DataType.Kind.INT64)
                        .must("holder", DataType.Kind.TEXT)
                        .must("expiry", DataType.Kind.DATE)
                        .add("limit_amount", DataType.decimal(10, 2))
                        .schema());
        all.put(
                dataset("scratch_carts"),
                new Fields()
                        .key("id", DataType.Kind.INT64)
                        .must("customer_id", DataType.Kind.INT64)
                        .must("payload", DataType.Kind.TEXT)
                        .schema());
        return all;
    }

    /** Customers after a column was added that the catalog knows and one that it does not. */
    public static RowSchema customers() {
        return new Fields()
                .key("id", DataType.Kind.INT64)
                .must("full_name", DataType.Kind.TEXT)
                .must("email", DataType.Kind.TEXT)
                .add("phone", DataType.Kind.TEXT)
                .add("birth_date", DataType.Kind.DATE)
                .add("street", DataType.Kind.TEXT)
                .add("city", DataType.Kind.TEXT)
                .add("postcode", DataType.Kind.TEXT)
                .must("country", DataType.Kind.TEXT)
                .must("prefs", DataType.Kind.JSON)
                .must("created_at", DataType.Kind.INSTANT)
                .must("updated_at", DataType.Kind.TIMESTAMP)
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

        public Fields must(String name, DataType.Kind type) {
            return must(name, DataType.of(type));
        }

        public Fields must(String name, DataType type) {
            fields.add(new Field(name, type, false, false));
            return this;
        }

        public RowSchema schema() {
            return RowSchema.of(fields);
        }
    }
}
