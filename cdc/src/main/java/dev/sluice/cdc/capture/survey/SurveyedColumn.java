package dev.sluice.cdc.capture.survey;

import dev.sluice.cdc.event.DataType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes a column of a surveyed table.
 *
 * @param name name as the database spells it
 * @param typeName type as the database writes it, for example {@code character varying(20)}
 * @param known the type that the line sees, null when the line does not know the type; read it with {@link #type()}
 * @param nullable whether null is a legal value
 * @param comment the comment that the database keeps, empty when there is none
 */
public record SurveyedColumn(String name, String typeName, @Nullable DataType known, boolean nullable, String comment) {

    /** The type that the line sees; empty when the line does not know the type. */
    public Optional<DataType> type() {
        return Optional.ofNullable(known);
    }
}
