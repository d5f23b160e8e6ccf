package dev.sluice.deploy.gateway;

import dev.sluice.cdc.event.RawRecord;
import dev.sluice.masking.Guarded;
import dev.sluice.sinks.Line;
import java.util.List;

/** The stages before the sinks, opened once per JVM from their {@link LineSpec}. */
final class GovernedLine implements Line {

    private static final long serialVersionUID = 1L;

    private final LineSpec spec;

    GovernedLine(LineSpec spec) {
        this.spec = spec;
    }

    @Override
    public List<Guarded> guard(List<RawRecord> chunk) {
        return Stages.of(spec).guard(chunk);
    }
}
