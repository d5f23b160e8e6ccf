package dev.sluice.deploy.ask;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.query.TableState;
import java.util.Locale;

/**
 * Describes a governed table, and what becomes of the changes of its dataset.
 *
 * @param table the table
 * @param state {@code held} when the dataset is held, else the state of the gateway in small letters, for example
 *     {@code streaming} or {@code stopped}
 */
public record TableLine(TableState table, String state) {

    /** The table of a home with that status. */
    static TableLine of(TableState table, Status status) {
        String folder = table.name().substring(table.name().lastIndexOf('/') + 1);
        boolean held = status.held().stream().anyMatch(hold -> folder.equals(folder(hold.name())));
        return new TableLine(table, held ? "held" : status.state().toLowerCase(Locale.ROOT));
    }

    /** The name of the folder of a dataset's tables. */
    static String folder(String dataset) {
        String[] parts = dataset.split("\\.", 3);
        return parts.length == 3 ? Lake.name(new DatasetId(parts[0], parts[1], parts[2])) : dataset;
    }
}
