package dev.sluice.deploy.truth;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads a Delta table as its documentation tells any engine to: Delta Kernel with its default engine, no Spark, no code
 * of the product. Every cell comes out as text; nulls are left out; structs are flattened with dots.
 */
public final class KernelReader {

    private KernelReader() {}

    /** Every governed table of that lake, by its name in the source. */
    public static Map<String, Path> tables(Path lake) throws IOException {
        Map<String, Path> tables = new TreeMap<>();
        try (Stream<Path> folders = Files.walk(lake, 3)) {
            folders.filter(folder -> Files.isDirectory(folder.resolve("_delta_log")))
                    .filter(folder -> !lake.relativize(folder).toString().startsWith("_"))
                    .filter(folder -> !folder.getFileName().toString().startsWith("_"))
                    .forEach(folder -> {
                        String name = folder.getFileName().toString();
                        tables.put(name.substring(name.lastIndexOf('.') + 1), folder);
                    });
        }
        return tables;
    }

    /** The type of each column of the newest version, as the table writes it. */
    public static Map<String, String> types(Path table) {
        Engine engine = DefaultEngine.create(new Configuration());
        Map<String, String> types = new TreeMap<>();
        Table.forPath(engine, table.toString())
                .getLatestSnapshot(engine)
                .getSchema()
                .fields()
                .forEach(field -> types.put(field.getName(), field.getDataType().toString()));
        return types;
    }

    /** All rows of the newest version. */
    public static List<Map<String, String>> rows(Path table) throws IOException {
        Engine engine = DefaultEngine.create(new Configuration());
        Snapshot snapshot = Table.forPath(engine, table.toString()).getLatestSnapshot(engine);
        Scan scan = snapshot.getScanBuilder().build();
        Row state = scan.getScanState(engine);
        List<Map<String, String>> rows = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
            while (files.hasNext()) {
                try (CloseableIterator<Row> each = files.next().getRows()) {
                    while (each.hasNext()) {
                        file(engine, state, each.next(), rows);
                    }
                }
            }
        }
        return rows;
    }

    private static void file(Engine engine, Row state, Row file, List<Map<String, String>> rows) throws IOException {
        CloseableIterator<ColumnarBatch> physical = engine.getParquetHandler()
                .readParquetFiles(
                        Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                        ScanStateRow.getPhysicalDataReadSchema(state),
                        Optional.empty())
                .map(FileReadResult::getData);
        try (CloseableIterator<FilteredColumnarBatch> batches =
                Scan.transformPhysicalData(engine, state, file, physical)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> each = batches.next().getRows()) {
                    each.forEachRemaining(row -> rows.add(texts("", row, row.getSchema(), new TreeMap<>())));
                }
            }
        }
    }

    private static Map<String, String> texts(String prefix, Row row, StructType schema, Map<String, String> into) {
        for (int i = 0; i < schema.length(); i++) {
            String name = prefix + schema.at(i).getName();
            if (row.isNullAt(i)) {
                continue;
            }
            if (schema.at(i).getDataType() instanceof StructType nested) {
                texts(name + ".", row.getStruct(i), nested, into);
            } else {
                into.put(name, text(row, i, schema.at(i).getDataType()));
            }
        }
        return into;
    }

    private static String text(Row row, int i, DataType type) {
        if (type instanceof ArrayType list) {
            return elements(row.getArray(i), list.getElementType()).stream()
                    .map(element -> "\"" + element + "\"")
                    .toList()
                    .toString()
                    .replace("\", \"", "\",\"");
        }
        if (type instanceof DecimalType) {
            return row.getDecimal(i).stripTrailingZeros().toPlainString();
        }
        if (type instanceof DateType) {
            return LocalDate.ofEpochDay(row.getInt(i)).toString();
        }
        if (type instanceof TimestampType) {
            return instant(row.getLong(i)).toString();
        }
        if (type instanceof TimestampNTZType) {
            return LocalDateTime.ofInstant(instant(row.getLong(i)), ZoneOffset.UTC)
                    .toString();
        }
        return switch (type.toString()) {
            case "boolean" -> String.valueOf(row.getBoolean(i));
            case "integer" -> String.valueOf(row.getInt(i));
            case "long" -> String.valueOf(row.getLong(i));
            case "string" -> row.getString(i);
            case "float" -> String.valueOf(row.getFloat(i));
            case "double" -> String.valueOf(row.getDouble(i));
            case "binary" -> "\\x" + HexFormat.of().formatHex(row.getBinary(i));
            default -> throw new IllegalStateException("no test has a column of type " + type);
        };
    }

    /** The kernel makes no list of timestamps without a zone; they are the microseconds that are stored. */
    private static List<?> elements(ArrayValue array, DataType type) {
        if (!(type instanceof TimestampNTZType)) {
            return VectorUtils.toJavaList(array);
        }
        ColumnVector stored = array.getElements();
        return IntStream.range(0, array.getSize())
                .mapToObj(i -> stored.isNullAt(i) ? "null" : String.valueOf(stored.getLong(i)))
                .toList();
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
