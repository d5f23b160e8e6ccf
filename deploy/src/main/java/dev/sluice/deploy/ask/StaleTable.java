package dev.sluice.deploy.ask;

import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.pipeline.Pipeline;
import java.util.List;

/**
 * Names a table of the source with rows whose values no change told. The dataset flows.
 *
 * @param table name at the source
 * @param code stable code
 * @param reason what happened and what to do
 */
public record StaleTable(String table, String code, String reason) {

    /** The tables that the capture of that home has found, by name. */
    static List<StaleTable> of(Home home) {
        return StateFolder.known(Pipeline.captureState(home)).stream()
                .flatMap(state -> state.staleTables().entrySet().stream())
                .map(stale -> new StaleTable(
                        stale.getKey().toString(),
                        stale.getValue().code(),
                        stale.getValue().text()))
                .toList();
    }

    /** The next command of the operator. */
    public String next() {
        return "sluice capture snapshot " + table + " -f pipeline.yaml";
    }
}
