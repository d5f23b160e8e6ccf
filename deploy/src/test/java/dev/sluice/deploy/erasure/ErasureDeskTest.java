package dev.sluice.deploy.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.audit.ledger.Ledger;
import dev.sluice.audit.ledger.LedgerReader;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.masking.control.ErasureCase.State;
import dev.sluice.masking.control.ErasureCases;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.masking.key.SubjectRef;
import dev.sluice.sinks.erasure.Eraser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a case erases, with keys and a ledger that are real and tables that are not. */
class ErasureDeskTest {

    @TempDir
    private Path folder;

    private final List<Set<String>> deleted = new ArrayList<>();
    private Home home;
    private Custody custody;
    private Ledger ledger;
    private ErasureDesk desk;

    @BeforeEach
    void open() {
        home = Home.open(folder.resolve("home"));
        custody = Custody.open(home);
        ledger = new HomeLedger(home).open();
        desk = new ErasureDesk(custody, ledger, order -> {
            deleted.add(order.subjects());
            return List.of(
                    new Eraser.Erased("out/customers", 3, order.subjects().size()));
        });
    }

    @AfterEach
    void close() {
        ledger.close();
        custody.close();
    }

    @Test
    void erasesAllNamesOfAPersonUnderOneCase() {
        know("7", "8", "9", "10");
        rename("7", "8", 1);
        rename("8", "9", 2);

        ErasureCase filed = file("8");
        desk.work();

        assertThat(state("7", "8", "9")).containsExactly(true, true, true);
        assertThat(state("10")).containsExactly(false);
        assertThat(deleted).containsExactly(Set.of(name("7"), name("8"), name("9")));
        ErasureCase done = cases().find(filed.caseId()).orElseThrow();
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.pseudonym()).isEqualTo(name("8"));
        assertThat(done.steps().linked()).containsExactlyInAnyOrder(name("7"), name("9"));
        assertThat(leaves()).anyMatch(leaf -> leaf.contains("SHREDDED") && leaf.contains("\"keysDestroyed\":3"));
    }

    @Test
    void aRequestForAnotherNameIsTheSameCase() {
        know("7", "9");
        rename("7", "9", 1);

        ErasureCase filed = file("9");
        assertThat(file("7").caseId()).isEqualTo(filed.caseId());
        desk.work();
        assertThat(file("7").caseId()).isEqualTo(filed.caseId());
        desk.work();

        assertThat(cases().all()).hasSize(1);
        assertThat(deleted).hasSize(1);
    }

    @Test
    void reachesANameThatCameAfterTheRequestWasFiled() {
        know("7");
        file("7");
        know("9");
        rename("7", "9", 1);
        desk.work();

        assertThat(state("7", "9")).containsExactly(true, true);
        assertThat(deleted).containsExactly(Set.of(name("7"), name("9")));
    }

    @Test
    void filesACaseForWhoWasFollowedToANewKey() {
        know("7");
        file("7");
        desk.work();
        rename("7", "9", 1);
        rename("9", "11", 2);

        desk.work();
        desk.work();

        assertThat(cases().all())
                .extracting(ErasureCase::pseudonym, ErasureCase::reasonReference, ErasureCase::state)
                .containsExactlyInAnyOrder(
                        tuple(name("7"), "T-1", State.DONE),
                        tuple(name("9"), "key-change", State.DONE),
                        tuple(name("11"), "key-change", State.DONE));
        assertThat(deleted).containsExactlyInAnyOrder(Set.of(name("7")), Set.of(name("9")), Set.of(name("11")));
        assertThat(leaves().filter(leaf -> leaf.contains("DONE"))).hasSize(3);
    }

    @Test
    void whoTakesTheKeyOfAnErasedPersonKeepsTheirOwn() {
        know("7", "13");
        file("7");
        desk.work();
        rename("13", "7", 1);
        desk.work();

        assertThat(file("7").state()).as("asked again").isEqualTo(State.DONE);
        desk.work();
        assertThat(state("13")).containsExactly(false);
        assertThat(deleted).containsExactly(Set.of(name("7")));
    }

    @Test
    void destroysNoKeyOfAPersonThatNeverCame() {
        assertThat(requests().knows("customer", List.of("007"))).isFalse();
        file("007");
        assertThat(requests().knows("customer", List.of("007"))).isTrue();
        desk.work();

        assertThat(state("007")).containsExactly(true);
        assertThat(leaves()).anyMatch(leaf -> leaf.contains("SHREDDED") && leaf.contains("\"keysDestroyed\":0"));
    }

    private void know(String... keys) {
        for (String key : keys) {
            custody.people().resolve(Set.of(ref(key)));
        }
    }

    private void rename(String from, String to, int position) {
        custody.people().follow(List.of(new SubjectKeys.KeyChange(ref(from), ref(to), "0/" + position)));
    }

    private ErasureCase file(String key) {
        return requests().file("customer", List.of(key), "T-1");
    }

    private ErasureCases cases() {
        return requests().cases();
    }

    private ErasureRequests requests() {
        return new ErasureRequests(custody);
    }

    private List<Boolean> state(String... keys) {
        return Arrays.stream(keys)
                .map(key -> custody.people().find(name(key)).orElseThrow().erased())
                .toList();
    }

    private Stream<String> leaves() {
        LedgerReader reader = new HomeLedger(home).read();
        return LongStream.range(0, reader.size())
                .mapToObj(leaf -> new String(reader.entry(leaf), StandardCharsets.UTF_8));
    }

    private String name(String key) {
        return custody.people().pseudonym("customer", List.of(key));
    }

    private static SubjectRef ref(String key) {
        return new SubjectRef("customer", List.of(key));
    }
}
