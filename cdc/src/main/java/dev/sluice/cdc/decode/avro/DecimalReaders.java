package dev.sluice.cdc.decode.avro;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.exact.ExactType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads exact decimals: Connect's Decimal (Avro logical type {@code decimal}) and Debezium's VariableScaleDecimal. Up
 * to 38 digits with declared precision are {@link DataType.TypeKind#DECIMAL}; everything else is {@link
 * DataType.TypeKind#BIG_DECIMAL} and keeps all its digits.
 */
final class DecimalReaders {

    static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";
    static final String VARIABLE = "io.debezium.data.VariableScaleDecimal";

    private static final int MOST_DIGITS = 38;
    private static final int UNSIGNED_DIGITS = 20;
    // What AvroData writes when the source declares no precision.
    private static final int UNDECLARED = 64;
    // PostgreSQL: 131,072 digits before and 16,383 after the point, which fit in 61,300 bytes.
    private static final int LONGEST = 61_300;
    private static final int WIDEST_SCALE = 131_072;

    private DecimalReaders() {}

    /** The type of decimals whose text is on the wire, by the parameters of their schema. */
    static DataType declaredType(Schema schema) {
        Integer precision = parameter(schema, ExactType.PRECISION);
        Integer scale = parameter(schema, ExactType.SCALE);
        if (precision == null || precision > MOST_DIGITS || scale == null || scale > precision) {
            return DataType.of(DataType.TypeKind.BIG_DECIMAL);
        }
        return DataType.decimal(precision, scale);
    }

    /** A column of declared scale. */
    static AvroColumn declared(String name, Schema schema) {
        int scale = scale(schema);
        int precision = precision(schema);
        boolean exact = precision > 0 && precision <= MOST_DIGITS && scale >= 0 && scale <= precision;
        DataType type = exact ? DataType.decimal(precision, scale) : DataType.of(DataType.TypeKind.BIG_DECIMAL);
        int digits = exact ? precision : Integer.MAX_VALUE;
        ColumnReader unscaled = bytes(schema);
        return new AvroColumn(name, type, false, AvroColumn.Unsent.NEVER, in -> number(in, unscaled, scale, digits));
    }

    private static ColumnReader bytes(Schema schema) {
        int size = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1;
        return size < 0 ? AvroInput::readBytes : in -> in.readFixed(size);
    }

    private static BigDecimal number(AvroInput in, ColumnReader unscaled, int scale, int digits) {
        Object bytes = unscaled.read(in);
        BigDecimal value = new BigDecimal(integer(in, (byte[]) bytes), scale);
        if (value.precision() > digits) {
            throw in.bad(DecodeCode.LOGICAL_TYPE, "more digits than the declared precision");
        }
        return value;
    }

    private static BigInteger integer(AvroInput in, byte @Nullable [] bytes) {
        if (bytes == null || bytes.length == 0) {
            throw in.bad(DecodeCode.NUMERIC_NAN, "decimal without digits");
        }
        if (bytes.length > LONGEST) {
            throw in.bad(DecodeCode.LOGICAL_TYPE, "decimal longer than any numeric of PostgreSQL");
        }
        return new BigInteger(bytes);
    }

    private static int scale(Schema schema) {
        Integer connect = parameter(schema, "scale");
        Integer avro = attribute(schema, "scale");
        if (connect != null && avro != null && !connect.equals(avro)) {
            throw BadRecord.of(DecodeCode.LOGICAL_TYPE, "decimal with two different scales");
        }
        int scale = connect != null ? connect : avro != null ? avro : 0;
        if (Math.abs((long) scale) > WIDEST_SCALE) {
            throw BadRecord.of(DecodeCode.LOGICAL_TYPE, "decimal of impossible scale");
        }
        return scale;
    }

    private static int precision(Schema schema) {
        Integer connect = parameter(schema, "connect.decimal.precision");
        if (connect != null) {
            return connect;
        }
        Integer avro = attribute(schema, "precision");
        boolean standIn = DECIMAL.equals(schema.getProp("connect.name")) && avro != null && avro == UNDECLARED;
        return avro == null || standIn ? 0 : avro;
    }

    private static @Nullable Integer attribute(Schema schema, String name) {
        return schema.getObjectProp(name) instanceof Integer number ? number : null;
    }

    private static @Nullable Integer parameter(Schema schema, String name) {
        if (!(schema.getObjectProp("connect.parameters") instanceof Map<?, ?> parameters)) {
            return null;
        }
        Object text = parameters.get(name);
        if (text == null) {
            return null;
        }
        if (!text.toString().matches("-?\\d{1,6}")) {
            throw BadRecord.of(DecodeCode.LOGICAL_TYPE, "decimal whose " + name + " is not a number");
        }
        return Integer.valueOf(text.toString());
    }

    /**
     * A column of long numbers. The connector for MySQL sends an unsigned one beyond the greatest long number as a
     * negative number, which only the propagated type of the source tells.
     */
    static AvroColumn whole(String name, Schema schema) {
        Object type = schema.getObjectProp("connect.parameters") instanceof Map<?, ?> parameters
                ? parameters.get(ColumnCompiler.SOURCE_TYPE)
                : null;
        if (type == null || !type.toString().toUpperCase(Locale.ROOT).startsWith("BIGINT UNSIGNED")) {
            DataType signed = DataType.of(DataType.TypeKind.INT64);
            return new AvroColumn(name, signed, false, AvroColumn.Unsent.NEVER, AvroInput::readLong);
        }
        return new AvroColumn(
                name,
                DataType.decimal(UNSIGNED_DIGITS, 0),
                false,
                AvroColumn.Unsent.NEVER,
                in -> new BigDecimal(Long.toUnsignedString(in.readLong())));
    }

    /** A column whose values bring their own scale. */
    static AvroColumn variable(String name, Schema schema) {
        boolean scaleFirst = !schema.getFields().isEmpty()
                && schema.getFields().get(0).name().equals("scale");
        Schema.Field scale = schema.getField("scale");
        Schema.Field value = schema.getField("value");
        if (schema.getFields().size() != 2
                || scale == null
                || value == null
                || scale.schema().getType() != Schema.Type.INT
                || value.schema().getType() != Schema.Type.BYTES) {
            throw BadRecord.of(DecodeCode.LOGICAL_TYPE, "VariableScaleDecimal of other fields than scale and value");
        }
        return new AvroColumn(
                name,
                DataType.of(DataType.TypeKind.BIG_DECIMAL),
                false,
                AvroColumn.Unsent.NEVER,
                in -> variableValue(in, scaleFirst));
    }

    private static BigDecimal variableValue(AvroInput in, boolean scaleFirst) {
        int before = scaleFirst ? in.readInt() : 0;
        byte[] unscaled = in.readBytes();
        int scale = scaleFirst ? before : in.readInt();
        if (Math.abs((long) scale) > WIDEST_SCALE) {
            throw in.bad(DecodeCode.LOGICAL_TYPE, "decimal of impossible scale");
        }
        return new BigDecimal(integer(in, unscaled), scale);
    }
}
