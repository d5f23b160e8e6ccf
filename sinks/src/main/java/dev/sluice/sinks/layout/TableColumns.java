package dev.sluice.sinks.layout;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.SinkErrors;
import dev.sluice.sinks.intake.TableShape;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;

/**
 * Names and checks the columns of a history table: the business columns as treated, then the technical columns.
 * Business columns that the table has come first, then new ones in source order. All columns are nullable. Immutable.
 */
public final class TableColumns implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final StructType DELIVERY = new StructType()
            .add("event_id", DataTypes.StringType)
            .add("position", DataTypes.StringType)
            .add("committed_at", DataTypes.TimestampType)
            .add("transaction", DataTypes.StringType)
            .add("topic", DataTypes.StringType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("schema_id", DataTypes.IntegerType)
            .add("plan_id", DataTypes.StringType)
            .add("batch_id", DataTypes.StringType)
            .add("moved_from", DataTypes.StringType)
            .add("moved_to", DataTypes.StringType)
            .add("topic_id", DataTypes.StringType);

    /** What ended a version. */
    static final StructType CLOSED_BY =
            DELIVERY.add("seq", DataTypes.StringType).add("op", DataTypes.StringType);

    /** Where a version comes from; {@code filled} names the columns taken from the event before. */
    static final StructType PROVENANCE = DELIVERY.add("filled", DataTypes.createArrayType(DataTypes.StringType))
            .add("closed_by", CLOSED_BY);

    private final Names names;
    private final Map<String, DataType> business;

    /**
     * Names of the technical columns.
     *
     * @param prefix put before each
     */
    public record Names(String prefix) implements Serializable {
        public String validFrom() {
            return prefix + "valid_from";
        }

        public String validTo() {
            return prefix + "valid_to";
        }

        public String isCurrent() {
            return prefix + "is_current";
        }

        public String op() {
            return prefix + "_op";
        }

        public String seq() {
            return prefix + "_seq";
        }

        /** The canonical text of the treated key. */
        public String key() {
            return prefix + "_key";
        }

        public String subject() {
            return prefix + "_subject";
        }

        public String provenance() {
            return prefix + "_provenance";
        }

        /** The columns that statistics are kept of: none depends on a data value. Delta keeps none of booleans. */
        public String withStatistics() {
            return String.join(",", validFrom(), validTo(), seq());
        }

        public StructType technical() {
            return new StructType()
                    .add(validFrom(), DataTypes.TimestampType)
                    .add(validTo(), DataTypes.TimestampType)
                    .add(isCurrent(), DataTypes.BooleanType)
                    .add(op(), DataTypes.StringType)
                    .add(seq(), DataTypes.StringType)
                    .add(key(), DataTypes.StringType)
                    .add(subject(), DataTypes.StringType)
                    .add(provenance(), PROVENANCE);
        }
    }

    private TableColumns(Names names, Map<String, DataType> business) {
        this.names = names;
        this.business = business;
    }

    /**
     * The columns of a table for changes of those shapes, on top of what the table has.
     *
     * @param stored columns of the table, none when it does not exist yet
     * @throws dev.sluice.sinks.SinkException {@code SNK-003} when a name is that of a technical column, {@code SNK-004}
     *     when names differ in case only, {@code SNK-005} when a name is unsafe, {@code SNK-006} when a type does not
     *     fit
     */
    public static TableColumns of(Lake lake, DatasetId dataset, Collection<TableShape> shapes, StructType stored) {
        Names names = new Names(lake.prefix());
        Set<String> technical = Set.of(names.technical().fieldNames());
        Map<String, DataType> business = new LinkedHashMap<>();
        for (StructField field : stored.fields()) {
            if (!technical.contains(field.name())) {
                business.put(field.name(), field.dataType());
            }
        }
        for (TableShape shape : shapes) {
            shape.columns().forEach((name, type) -> {
                DataType column = DataType.fromJson(type);
                DataType known = business.putIfAbsent(name, column);
                if (known != null && !known.equals(column)) {
                    throw SinkErrors.columnType(dataset.topic(), name, known.sql(), column.sql());
                }
            });
        }
        checkNames(dataset, technical, business.keySet());
        return new TableColumns(names, business);
    }

    private static void checkNames(DatasetId dataset, Set<String> technical, Collection<String> business) {
        Map<String, String> seen = new TreeMap<>();
        technical.forEach(name -> seen.put(name.toLowerCase(Locale.ROOT), name));
        for (String name : business) {
            Lake.checked("column name", name);
            String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null && technical.contains(other)) {
                throw SinkErrors.reservedColumn(dataset.topic(), name);
            }
            if (other != null) {
                throw SinkErrors.sameColumn(dataset.topic(), other, name);
            }
        }
    }

    public Names names() {
        return names;
    }

    /** The business columns in order. */
    public List<String> business() {
        return List.copyOf(business.keySet());
    }

    /** All columns in order. */
    public StructType schema() {
        StructType schema = new StructType();
        for (Map.Entry<String, DataType> column : business.entrySet()) {
            schema = schema.add(column.getKey(), column.getValue(), true);
        }
        for (StructField field : names.technical().fields()) {
            schema = schema.add(field);
        }
        return schema;
    }

    /** Whether a table of those columns has to get new ones first. */
    boolean extend(StructType stored) {
        Set<String> known = Set.of(stored.fieldNames());
        return !known.containsAll(business.keySet());
    }

    /** Whether Delta needs its column mapping to hold the names. */
    public boolean needMapping() {
        return needMapping(business.keySet());
    }

    /** Whether a column of those holds timestamps without a zone, for which Delta has a table feature. */
    static boolean hasZoneless(StructType columns) {
        return Arrays.stream(columns.fields()).anyMatch(field -> isZoneless(field.dataType()));
    }

    private static boolean isZoneless(DataType type) {
        return type instanceof ArrayType array ? isZoneless(array.elementType()) : type instanceof TimestampNTZType;
    }

    /** Whether Delta needs its column mapping to hold the names of those columns. */
    static boolean needMapping(StructType columns) {
        return needMapping(List.of(columns.fieldNames()));
    }

    private static boolean needMapping(Collection<String> names) {
        return names.stream().anyMatch(name -> name.matches(".*[ ,;{}()\\n\\t=].*"));
    }
}
