package dev.sluice.policy.propose;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what is proposed for a column.
 *
 * @param word a word of the taxonomy, null when the column stays unclassified; read it with {@link #tag()}
 * @param reason why, in a few words without a final stop
 */
public record TagProposal(@Nullable String word, String reason) {

    /** A column that stays unclassified, and hence hidden. */
    public static TagProposal unclassified(String reason) {
        return new TagProposal(null, reason);
    }

    /** The word of the taxonomy; empty when the column stays unclassified. */
    public Optional<String> tag() {
        return Optional.ofNullable(word);
    }
}
