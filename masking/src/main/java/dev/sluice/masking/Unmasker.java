package dev.sluice.masking;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.masking.crypto.Envelope;
import dev.sluice.masking.crypto.TokenKey;
import dev.sluice.masking.error.ProtectionErrors;
import dev.sluice.masking.key.KeyFile;
import dev.sluice.masking.key.PersonKey;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.masking.key.SubjectState;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Opens sealed values for somebody who is allowed to see them; who that is, and that it is recorded, is the caller's
 * part. Every token that cannot be opened gets the same answer. Safe for use by many threads.
 */
public final class Unmasker {

    private final SubjectKeys people;
    private final TokenKey nobody;

    public Unmasker(KeyFile keys, SubjectKeys people) {
        this.people = people;
        this.nobody = PersonKey.nobody(keys);
    }

    /**
     * The canonical text that was sealed.
     *
     * @throws dev.sluice.masking.error.ProtectionException {@code MSK-009} when the token is not one of this
     *     installation for that dataset and field, or its key was destroyed
     */
    public String open(String token, DatasetId dataset, String field) {
        TokenKey.TokenPlace place = TokenKey.TokenPlace.of(dataset.topic(), field);
        return Envelope.parse(token)
                .flatMap(envelope -> key(envelope).flatMap(key -> key.open(place, envelope)))
                .map(clear -> new String(clear, StandardCharsets.UTF_8))
                .orElseThrow(ProtectionErrors::unreadableToken);
    }

    private Optional<TokenKey> key(Envelope envelope) {
        String kid = envelope.kid();
        if (kid.equals(nobody.kid())) {
            return Optional.of(nobody);
        }
        int dot = kid.indexOf('.');
        Optional<PersonKey> person = people.find(kid.substring(dot + 1)).flatMap(SubjectState::key);
        return person.map(key -> kid.startsWith(PersonKey.PERSON) ? key.encrypt() : key.quarantine());
    }
}
