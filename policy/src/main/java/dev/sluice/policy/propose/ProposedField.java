package dev.sluice.policy.propose;

import dev.sluice.cdc.capture.postgres.TableName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what is proposed for a field of a table.
 *
 * @param name name of the column
 * @param proposal tag and reason
 * @param link the field of another table that the field points to, null when there is none; read it with {@link
 *     #reference()}
 */
public record ProposedField(String name, TagProposal proposal, @Nullable FieldLink link) {

    /**
     * A field of another table.
     *
     * @param table the other table
     * @param field its field
     */
    public record FieldLink(TableName table, String field) {}

    /** The field of another table that the field points to. */
    public Optional<FieldLink> reference() {
        return Optional.ofNullable(link);
    }

    /** Whether the field has a tag. */
    public boolean classified() {
        return proposal.tag().isPresent();
    }
}
