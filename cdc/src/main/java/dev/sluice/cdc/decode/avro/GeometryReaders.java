package dev.sluice.cdc.decode.avro;

import dev.sluice.cdc.event.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads Debezium's geometry types as extended well-known binary (EWKB, the form of PostGIS): well-known binary of the
 * Open Geospatial Consortium, with the reference system in it when there is one.
 */
final class GeometryReaders {

    private static final String POINT = "io.debezium.data.geometry.Point";
    private static final Set<String> NAMES =
            Set.of(POINT, "io.debezium.data.geometry.Geometry", "io.debezium.data.geometry.Geography");
    private static final int HAS_SRID = 0x2000_0000;
    private static final int HEAD = 5;

    private GeometryReaders() {}

    /** Whether the record of that semantic name is a geometry. */
    static boolean reads(@Nullable String name) {
        return name != null && NAMES.contains(name);
    }

    /** The column of that record. */
    static AvroColumn geometry(String name, Schema schema) {
        Schema.Field wkb = schema.getField("wkb");
        if (wkb == null) {
            throw BadRecord.of(DecodeCode.UNSUPPORTED_TYPE, "geometry without the field wkb");
        }
        Schema.Field srid = schema.getField("srid");
        int sridPlace = srid == null ? -1 : srid.pos();
        List<ColumnReader> fields = schema.getFields().stream()
                .map(field ->
                        ColumnCompiler.column(field.name(), field.schema()).reader())
                .toList();
        AvroColumn.Unsent unsent =
                POINT.equals(schema.getProp("connect.name")) ? AvroColumn.Unsent.NEVER : AvroColumn.Unsent.SILENT;
        return new AvroColumn(
                name,
                DataType.of(DataType.TypeKind.BYTES),
                false,
                unsent,
                in -> read(in, fields, wkb.pos(), sridPlace));
    }

    private static byte[] read(AvroInput in, List<ColumnReader> fields, int wkb, int srid) {
        @Nullable Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = fields.get(i).read(in);
        }
        boolean sound = values[wkb] instanceof byte[] bytes && bytes.length >= HEAD && (bytes[0] == 0 || bytes[0] == 1);
        if (!sound) {
            throw in.bad(DecodeCode.LOGICAL_TYPE, "geometry that is not well-known binary");
        }
        int system = srid >= 0 && values[srid] instanceof Integer number ? number : 0;
        return extended((byte[]) values[wkb], system);
    }

    private static byte[] extended(byte @Nullable [] wkb, int srid) {
        ByteBuffer in = ByteBuffer.wrap(wkb == null ? new byte[HEAD] : wkb);
        ByteOrder order = in.get(0) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int type = in.order(order).getInt(1);
        if (srid == 0 || (type & HAS_SRID) != 0) {
            return in.array();
        }
        return ByteBuffer.allocate(in.capacity() + Integer.BYTES)
                .order(order)
                .put(in.get(0))
                .putInt(type | HAS_SRID)
                .putInt(srid)
                .put(in.array(), HEAD, in.capacity() - HEAD)
                .array();
    }
}
