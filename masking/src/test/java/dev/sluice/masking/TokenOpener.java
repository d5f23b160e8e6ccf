package dev.sluice.masking;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.masking.crypto.Envelope;
import dev.sluice.masking.crypto.TokenKey;
import dev.sluice.masking.key.KeyFile;
import dev.sluice.masking.key.PersonKey;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.masking.key.SubjectState;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Opens sealed values, so that tests can prove that a value can be read until its key is destroyed. */
final class TokenOpener {

    private final SubjectKeys people;
    private final TokenKey noPerson;

    TokenOpener(KeyFile keys, SubjectKeys people) {
        this.people = people;
        this.noPerson = PersonKey.ofNoPerson(keys);
    }

    /** The canonical text that was sealed; empty when the token is not of that field or its key was destroyed. */
    Optional<String> open(String token, DatasetId dataset, String field) {
        TokenKey.TokenPlace place = TokenKey.TokenPlace.of(dataset.topic(), field);
        return Envelope.parse(token)
                .flatMap(envelope -> key(envelope).flatMap(key -> key.open(place, envelope)))
                .map(clear -> new String(clear, StandardCharsets.UTF_8));
    }

    private Optional<TokenKey> key(Envelope envelope) {
        String kid = envelope.kid();
        if (kid.equals(noPerson.kid())) {
            return Optional.of(noPerson);
        }
        int dot = kid.indexOf('.');
        Optional<PersonKey> person = people.find(kid.substring(dot + 1)).flatMap(SubjectState::key);
        return person.map(key -> kid.startsWith(PersonKey.PERSON) ? key.encrypt() : key.quarantine());
    }
}
