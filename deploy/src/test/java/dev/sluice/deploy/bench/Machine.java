package dev.sluice.deploy.bench;

import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.spark.sql.avro.AvroDataToCatalyst;
import org.apache.spark.sql.classic.SparkSession;

/** Where a run happens and with what. */
final class Machine {

    private Machine() {}

    static Map<String, String> describe() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.put("heap-mib", Long.toString(Runtime.getRuntime().maxMemory() >> 20));
        machine.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return machine;
    }

    /** The jars that do the work. */
    static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("spark", jar(SparkSession.class));
        versions.put("delta", jar(DeltaTable.class));
        versions.put("from_avro", jar(AvroDataToCatalyst.class));
        versions.put("avro", jar(Schema.class));
        return versions;
    }

    private static String jar(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null
                ? "unknown"
                : String.valueOf(Path.of(source.getLocation().getPath()).getFileName());
    }
}
