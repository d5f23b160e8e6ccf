package dev.sluice.deploy.cli.option;

import dev.sluice.deploy.key.KeySource;
import picocli.CommandLine.Option;

/** Reads the option {@code --key}. */
public final class KeyOption {

    @Option(
            names = "--key",
            required = true,
            paramLabel = "KEY",
            description = "Key of the row as the table holds it: 7, or 7,9 for a key of two parts, or a JSON array such"
                    + " as [\"a,b\",\"\"]. @FILE reads the key from a file, - from standard input.")
    private String key;

    /** The canonical text of the key; reads the file or standard input. */
    public String text() {
        return KeySource.of("--key", key).key().canonical();
    }
}
