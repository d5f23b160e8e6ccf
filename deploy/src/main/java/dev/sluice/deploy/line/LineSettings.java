package dev.sluice.deploy.line;

import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.capture.epoch.CaptureEpoch;
import dev.sluice.cdc.decode.AvroDecoder;
import dev.sluice.cdc.decode.DecodeSettings;
import dev.sluice.cdc.registry.CachedSchemaRegistry;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.cdc.registry.UnknownIds;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.pipeline.Pipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Says how the stages of a pipeline are opened. Names files and addresses; holds no secret.
 *
 * @param decode how records are decoded
 * @param registry where schemas are
 * @param policy which policy folder decides, for which consumer, by which engine
 */
public record LineSettings(DecodeSettings decode, RegistrySettings registry, Pipeline.Policy policy) {

    /** A letter has waited for its schema already, and a wait would keep all letters of a replay back. */
    private static final UnknownIds.Patience NONE = new UnknownIds.Patience(Duration.ZERO, 1).withoutLimit();

    /** The settings of a pipeline on a home. Capture must have opened its slot when the pipeline captures. */
    public static LineSettings of(Home home, Pipeline pipeline) {
        return new LineSettings(decode(home, pipeline), pipeline.registry(home), pipeline.policy());
    }

    /** Decodes the records of raw topics. */
    AvroDecoder decoder() {
        return new AvroDecoder(CachedSchemaRegistry.shared(registry), decode);
    }

    /** Decodes the records of dead letters; rejects a record of unknown schema at once. */
    AvroDecoder decoderOfLetters() {
        return new AvroDecoder(CachedSchemaRegistry.shared(registry), decode.withPatience(NONE));
    }

    /**
     * Our own capture uses a random placeholder for values that the log does not hold, another one in every epoch; a
     * capture of another program uses Debezium's.
     */
    private static DecodeSettings decode(Home home, Pipeline pipeline) {
        DecodeSettings settings = DecodeSettings.of(pipeline.name())
                .withPatience(patience(pipeline))
                .withForm(pipeline.source().reading().form());
        if (pipeline.source().capture().isEmpty()) {
            return settings;
        }
        Path folder = Pipeline.captureState(home);
        List<String> used = new ArrayList<>(CaptureEpoch.of(folder).placeholders());
        StateFolder.placeholder(folder).ifPresent(used::add);
        return used.isEmpty() ? settings : settings.withPlaceholders(used);
    }

    private static UnknownIds.Patience patience(Pipeline pipeline) {
        UnknownIds.Patience patience = new UnknownIds.Patience(
                pipeline.source().reading().unknownId(), UnknownIds.Patience.STANDARD.letters());
        return pipeline.run().deadLetterPercent() == 100 ? patience.withoutLimit() : patience;
    }
}
