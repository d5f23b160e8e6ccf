package dev.sluice.policy.propose;

import dev.sluice.cdc.capture.postgres.TableName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what is proposed for a table.
 *
 * @param name the table
 * @param comment the comment that the database keeps, empty when there is none
 * @param person which person each row is about, null when no person is known; read it with {@link #subject()}
 * @param fields what is proposed for each field, in the order of the table
 */
public record ProposedTable(
        TableName name, String comment, @Nullable ProposedSubject person, List<ProposedField> fields) {

    public ProposedTable {
        fields = List.copyOf(fields);
    }

    /** Which person each row is about. */
    public Optional<ProposedSubject> subject() {
        return Optional.ofNullable(person);
    }

    /** How many fields have a tag; the others stay hidden. */
    public int classified() {
        return (int) fields.stream().filter(ProposedField::classified).count();
    }
}
