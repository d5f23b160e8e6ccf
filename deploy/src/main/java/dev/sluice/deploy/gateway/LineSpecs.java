package dev.sluice.deploy.gateway;

import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.decode.DecodeSettings;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.deploy.embedded.Home;
import dev.sluice.deploy.pipeline.Pipeline;

/** Makes the {@link LineSpec} of a pipeline on a home. */
final class LineSpecs {

    private LineSpecs() {}

    static LineSpec of(Home home, Pipeline pipeline) {
        return new LineSpec(
                decode(home, pipeline),
                registry(home, pipeline),
                new LineSpec.PolicySpec(
                        pipeline.policy().folder().toFile(),
                        pipeline.policy().consumer(),
                        pipeline.policy().server()),
                home.keys().toFile(),
                home.controlDb().toFile());
    }

    static RegistrySettings registry(Home home, Pipeline pipeline) {
        return RegistrySettings.at(pipeline.transport().registry())
                .withCacheFolder(home.work().resolve("schemas").toFile());
    }

    /** Our own capture uses a placeholder that nobody can guess; a foreign one uses Debezium's. */
    private static DecodeSettings decode(Home home, Pipeline pipeline) {
        DecodeSettings settings = DecodeSettings.of(pipeline.name());
        if (pipeline.source().capture().isEmpty()) {
            return settings;
        }
        return StateFolder.placeholder(Captures.stateFolder(home))
                .map(settings::withPlaceholder)
                .orElse(settings);
    }
}
