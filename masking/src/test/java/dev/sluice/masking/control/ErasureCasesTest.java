package dev.sluice.masking.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.masking.control.ErasureCase.State;
import dev.sluice.masking.key.FixedKeys;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.masking.key.SubjectRef;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureCasesTest {

    private static final String PERSON = "0".repeat(32);
    private static final ErasureSteps MARKED = ErasureSteps.marked("5a".repeat(32), List.of());
    private static final ErasureSteps FINISHED =
            MARKED.withKeyDestroyed().withRowsDeleted(7, Map.of("lake/shop.public.customers", 3L));

    @TempDir
    Path home;

    private ControlDatabase database;
    private ErasureCases cases;

    @BeforeEach
    void open() {
        database = ControlDatabase.open(home.resolve("control.db"));
        cases = new ErasureCases(database, Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void walksThroughItsStates() {
        assertThat(cases.receive("case-1", PERSON, "customer", "TICKET-7").steps())
                .isEqualTo(ErasureSteps.NONE);
        cases.advance("case-1", State.RECEIVED, State.BARRIER_SET, MARKED);
        cases.advance("case-1", State.BARRIER_SET, State.SHREDDED, MARKED.withKeyDestroyed());
        cases.advance("case-1", State.SHREDDED, State.DELETING, MARKED.withKeyDestroyed());
        assertThat(cases.unfinished()).extracting(ErasureCase::state).containsExactly(State.DELETING);
        ErasureCase done = cases.advance("case-1", State.DELETING, State.DONE, FINISHED);

        assertThat(done)
                .isEqualTo(new ErasureCase(
                        "case-1",
                        PERSON,
                        "customer",
                        State.DONE,
                        Instant.parse("2026-11-23T10:00:00Z"),
                        "TICKET-7",
                        FINISHED,
                        Instant.parse("2026-11-23T10:00:00Z")));
        assertThat(cases.unfinished()).isEmpty();
        assertThat(cases.find("case-1")).contains(done);
    }

    @Test
    void theSameRequestAgainIsTheSameCase() {
        cases.receive("case-1", PERSON, "customer", "TICKET-7");
        cases.advance("case-1", State.RECEIVED, State.BARRIER_SET, MARKED);

        assertThat(cases.receive("case-1", PERSON, "customer", "TICKET-7").state())
                .isEqualTo(State.BARRIER_SET);
        assertThat(cases.all()).hasSize(1);
        assertThatThrownBy(() -> cases.receive("case-1", "1".repeat(32), "customer", "TICKET-7"))
                .hasMessageStartingWith("MSK-011");
    }

    @Test
    void aStepRunsOnce() {
        cases.receive("case-1", PERSON, "customer", "TICKET-7");
        cases.advance("case-1", State.RECEIVED, State.BARRIER_SET, MARKED);

        assertThatThrownBy(() -> cases.advance("case-1", State.RECEIVED, State.BARRIER_SET, MARKED))
                .hasMessageStartingWith("MSK-011");
        assertThatThrownBy(() -> cases.advance("case-2", State.RECEIVED, State.BARRIER_SET, MARKED))
                .hasMessageStartingWith("MSK-011");
    }

    @Test
    void knowsWhomACaseCovers() throws IOException, GeneralSecurityException {
        SubjectKeys people = SubjectKeys.open(database, FixedKeys.in(home), 10, Clock.systemUTC());
        SubjectRef known = new SubjectRef("customer", List.of("7"));
        people.resolve(Set.of(known));
        String keyed = people.pseudonym("customer", List.of("7"));
        cases.receive("case-1", PERSON, "customer", "TICKET-7");
        cases.cover("case-1", Set.of(PERSON, keyed));
        cases.cover("case-1", Set.of(PERSON));
        assertThat(cases.covered("case-2")).isEmpty();
        people.erase(new SubjectKeys.Erasure(PERSON, "customer", "now"));
        people.erase(new SubjectKeys.Erasure(keyed, "customer", "now"));

        assertThat(cases.covered("case-1"))
                .containsExactlyInAnyOrder(
                        new ErasureCases.Person(PERSON, false), new ErasureCases.Person(keyed, true));
        assertThat(cases.about(Set.of(keyed))).extracting(ErasureCase::caseId).containsExactly("case-1");
        assertThat(cases.about(Set.of("1".repeat(32)))).isEmpty();
    }

    @Test
    void opensACaseForWhoWasErasedWithoutOne() throws IOException, GeneralSecurityException {
        SubjectKeys people = SubjectKeys.open(database, FixedKeys.in(home), 10, Clock.systemUTC());
        people.erase(new SubjectKeys.Erasure(PERSON, "customer", "now"));
        people.erase(new SubjectKeys.Erasure("1".repeat(32), "customer", "now"));
        people.erase(new SubjectKeys.Erasure("2".repeat(32), "customer", "now"));
        cases.receive("case-1", PERSON, "customer", "TICKET-7");
        cases.cover("case-1", Set.of(PERSON, "1".repeat(32)));

        cases.receiveFollowed(name -> "er-" + name);
        cases.receiveFollowed(name -> "er-" + name);

        assertThat(cases.all()).hasSize(2);
        ErasureCase followed = cases.find("er-" + "2".repeat(32)).orElseThrow();
        assertThat(followed.state()).isEqualTo(State.RECEIVED);
        assertThat(followed.reasonReference()).isEqualTo("key-change");
        assertThat(followed.requested()).isFalse();
    }

    @Test
    void noStepIsLeftOut() {
        for (State from : State.values()) {
            assertThat(from.leadsTo(from)).isFalse();
            assertThat(State.DONE.leadsTo(from)).isFalse();
        }
        assertThat(State.RECEIVED.leadsTo(State.SHREDDED)).isFalse();
        assertThat(State.BARRIER_SET.leadsTo(State.DELETING)).isFalse();
        assertThat(State.DELETING.leadsTo(State.DONE)).isTrue();
    }
}
