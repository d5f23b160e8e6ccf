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
                        .key("id", DataType.TypeKind.INT64)
                        .must("customer_id", DataType.TypeKind.INT64)
                        .must("status", DataType.enumeration(List.of("placed", "paid", "shipped")))
                        .must("total", DataType.decimal(12, 2))
                        .add("note", DataType.TypeKind.TEXT)
                        .must("placed_at", DataType.TypeKind.INSTANT)
                        .schema());
        all.put(
                dataset("order_items"),
                new Fields()
                        .key("order_id", DataType.TypeKind.INT64)
                        .key("line_no", DataType.TypeKind.INT32)
                        .must("sku", DataType.TypeKind.TEXT)
                        .must("quantity", DataType.TypeKind.INT32)
                        .must("unit_price", DataType.decimal(10, 2))
                        .schema());
        all.put(
                dataset("support_notes"),
                new Fields()
                        .key("id", DataType.TypeKind.UUID)
                        .must("customer_id", DataType.TypeKind.INT64)
                        .must("channel", DataType.TypeKind.TEXT)
                        .must("body", DataType.TypeKind.TEXT)
                        .must("tags", DataType.array(DataType.of(DataType.TypeKind.TEXT)))
                        .must("created_at", DataType.TypeKind.INSTANT)
                        .schema());
        all.put(
                dataset("payment_cards"),
                new Fields()
                        .key("pan", DataType.TypeKind.TEXT)
                        .must("customer_id", DataType.TypeKind.INT64)
                        .must("holder", DataType.TypeKind.TEXT)
                        .must("expiry", DataType.TypeKind.DATE)
                        .add("limit_amount", DataType.decimal(10, 2))
                        .schema());
        all.put(
                dataset("scratch_carts"),
                new Fields()
                        .key("id", DataType.TypeKind.INT64)
                        .must("customer_id", DataType.TypeKind.INT64)
                        .must("payload", DataType.TypeKind.TEXT)
                        .schema());
        return all;
    }

    /** Customers after a column was added that the catalog knows and one that it does not. */
    public static RowSchema customers() {
        return new Fields()
                .key("id", DataType.TypeKind.INT64)
                .must("full_name", DataType.TypeKind.TEXT)
                .must("email", DataType.TypeKind.TEXT)
                .add("phone", DataType.TypeKind.TEXT)
                .add("birth_date", DataType.TypeKind.DATE)
                .add("street", DataType.TypeKind.TEXT)
                .add("city", DataType.TypeKind.TEXT)
                .add("postcode", DataType.TypeKind.TEXT)
                .must("country", DataType.TypeKind.TEXT)
                .must("prefs", DataType.TypeKind.JSON)
                .must("created_at", DataType.TypeKind.INSTANT)
                .must("updated_at", DataType.TypeKind.TIMESTAMP)
                .add("loyalty_tier", DataType.TypeKind.TEXT)
                .add("nickname", DataType.TypeKind.TEXT)
                .schema();
    }

    /** A schema, field by field. */
    public static final class Fields {

        private final List<Field> fields = new ArrayList<>();

        public Fields key(String name, DataType.TypeKind type) {
            fields.add(new Field(name, DataType.of(type), false, true));
            return this;
        }

        public Fields add(String name, DataType.TypeKind type) {
            return add(name, DataType.of(type));
        }

        public Fields add(String name, DataType type) {
            fields.add(new Field(name, type, true, false));
            return this;
        }

        public Fields must(String name, DataType.TypeKind type) {
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
