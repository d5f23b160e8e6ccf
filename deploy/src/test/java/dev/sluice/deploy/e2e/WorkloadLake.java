package dev.sluice.deploy.e2e;

import dev.sluice.deploy.truth.KernelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The versions that the lake holds, read without the product. */
final class WorkloadLake {

    private final Path lake;

    WorkloadLake(Path home) {
        lake = home.resolve("lake/lake-analytics");
    }

    /** The versions of a table by key, the oldest first. */
    Map<String, List<WorkloadVersion>> versions(WorkloadTable table) throws IOException {
        Path folder = lake.resolve("shop." + table.id());
        Map<String, List<WorkloadVersion>> versions = new TreeMap<>();
        if (!Files.exists(folder)) {
            return versions;
        }
        for (Map<String, String> stored : KernelReader.rows(folder)) {
            WorkloadVersion version = version(table, stored);
            versions.computeIfAbsent(WorkloadTruth.key(table, version.row()), key -> new ArrayList<>())
                    .add(version);
        }
        versions.values().forEach(each -> each.sort(Comparator.comparing(WorkloadVersion::from)));
        return versions;
    }

    private static WorkloadVersion version(WorkloadTable table, Map<String, String> stored) {
        Map<String, String> row = new TreeMap<>();
        Map<String, String> rest = new HashMap<>(stored);
        table.types().forEach((name, type) -> {
            String text = rest.remove(name);
            if (text != null) {
                row.put(name, type.form().lake().apply(text));
            }
        });
        rest.keySet().removeIf(name -> name.startsWith("_"));
        String from = rest.remove("valid_from");
        String to = rest.getOrDefault("valid_to", "");
        rest.remove("valid_to");
        if (!rest.remove("is_current").equals(String.valueOf(to.isEmpty())) || !rest.isEmpty()) {
            throw new AssertionError(table.id() + " has a row with " + rest.keySet() + ", ending " + to);
        }
        boolean read = "r".equals(stored.get("_op"));
        String transaction = stored.getOrDefault("_provenance.transaction", "");
        return new WorkloadVersion(row, from, to, read ? "" : transaction);
    }
}
