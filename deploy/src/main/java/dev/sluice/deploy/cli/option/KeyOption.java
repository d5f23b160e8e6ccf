package dev.sluice.deploy.cli.option;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Option;

/** The option {@code --key}. */
public final class KeyOption {

    @Option(
            names = "--key",
            required = true,
            paramLabel = "KEY",
            description = "Key of the row as the table holds it; the parts of a composite key separated by commas.")
    private String key;

    /** The canonical text of the key. */
    public String text() {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        for (String part : key.split(",", -1)) {
            parts.add(part);
        }
        return parts.toString();
    }
}
