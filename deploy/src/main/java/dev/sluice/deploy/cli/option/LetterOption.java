package dev.sluice.deploy.cli.option;

import dev.sluice.deploy.letter.Letters;
import java.util.List;
import picocli.CommandLine.Option;

/** Reads the options {@code --dataset} and {@code --code} that choose dead letters. */
public final class LetterOption {

    @Option(
            names = "--dataset",
            paramLabel = "DATASET",
            defaultValue = "",
            description = "Only dead letters of that topic, for example shop.public.customers.")
    private String dataset;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            defaultValue = "",
            description = "Only dead letters of that code, for example AVRO_TRUNCATED.")
    private String code;

    /** The choice among all letters, or among those of these ids. */
    public Letters.Choice choice(List<String> ids) {
        return new Letters.Choice(ids, dataset, code);
    }
}
