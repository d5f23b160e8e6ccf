package dev.sluice.policy.propose;

import dev.sluice.cdc.capture.postgres.TableName;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes the texts of a policy folder for a proposed catalog: a folder that the checks of a policy folder accept, in
 * which no rule claims an approval. Writes nothing.
 */
public final class StarterFolder {

    /** The consumer of the folder, for whom a pipeline writes. */
    public static final String CONSUMER = "lake-analytics";

    private StarterFolder() {}

    /**
     * The text of every file by its path inside the folder.
     *
     * @param source name of the source, as the pipeline file has it
     */
    public static SortedMap<String, String> files(String source, List<ProposedTable> tables) {
        TreeMap<String, String> files = new TreeMap<>();
        files.put("README.md", WordList.text("starter/README.md").replace("${name}", source));
        files.put("taxonomy/data.yaml", WordList.text("starter/taxonomy.yaml") + subjects(tables));
        files.put("rules/data.yaml", WordList.text("starter/rules.yaml"));
        files.put("consumers/data.yaml", WordList.text("starter/consumers.yaml"));
        for (Map.Entry<String, String> shared : Map.of(
                        "lib/gate.rego", "sample/lib/gate.rego", "treatments/data.yaml", "sample/treatments/data.yaml")
                .entrySet()) {
            files.put(shared.getKey(), WordList.text(shared.getValue()));
        }
        for (ProposedTable table : tables) {
            TableName name = table.name();
            files.put(
                    "catalog/" + source + "/" + name.schema() + "/" + name.table() + "/data.yaml", TableText.of(table));
        }
        return files;
    }

    private static String subjects(List<ProposedTable> tables) {
        TreeSet<String> kinds = new TreeSet<>();
        tables.forEach(table -> table.subject().ifPresent(subject -> kinds.add(subject.kind())));
        StringBuilder text = new StringBuilder();
        for (String kind : kinds) {
            text.append(text.isEmpty() ? "subjects:\n" : "");
            text.append("  ").append(kind).append(":\n");
            text.append("    about: \"a person who is called ").append(kind).append(" in this source\"\n");
        }
        return text.toString();
    }
}
