package dev.sluice.policy.propose;

import dev.sluice.cdc.event.DataType;
import dev.sluice.policy.decision.Treatment;
import java.util.Optional;
import java.util.Set;

/** What the rules of the starter folder do to keys, as far as a proposal depends on it. */
final class StarterTags {

    /** Begin of the tags of facts about things. */
    static final String SYSTEM = "system.";

    /** Key of a person. */
    static final String PERSON_KEY = "user.unique_id";

    /** Tags whose rule gives a pseudonym that joins. */
    private static final Set<String> PSEUDONYM = Set.of(PERSON_KEY, "user.contact.email", "user.payment.card_number");

    private StarterTags() {}

    /** Whether the tag is about a person. */
    static boolean personal(String tag) {
        return tag.startsWith("user.");
    }

    /** Whether the rule of that tag keeps a key a key. */
    static boolean fitsKey(String tag) {
        return tag.startsWith(SYSTEM) || PSEUDONYM.contains(tag);
    }

    /** Whether a key of that type can be a key after its treatment; a key without a tag gets a pseudonym. */
    static boolean possibleKey(Optional<String> tag, Optional<DataType> type) {
        boolean kept = tag.filter(t -> t.startsWith(SYSTEM)).isPresent();
        return kept || hasPseudonym(type);
    }

    /** Whether values of the type can get a pseudonym. */
    static boolean hasPseudonym(Optional<DataType> type) {
        return type.filter(t -> Treatment.Kind.HMAC.accepts(t.kind())).isPresent();
    }
}
