package dev.sluice.sinks.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.event.Absent;
import dev.sluice.masking.Guarded;
import dev.sluice.sinks.Changes;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.TableCommit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A row is inserted with the city B1. The change at offset 1 sets the city B2 and is a dead letter. The change after it
 * does not send the city.
 */
class LetterOrderIT {

    private static final String LETTER = "shop.public.customers-0-1";

    @TempDir
    Path folder;

    private final Changes customers = new Changes("customers");

    /** A small table; {@link LetterOrderWaysIT} takes the other ways. */
    static List<DeltaSinks.Options> ways() {
        return TypesZooTablesIT.ways().subList(0, 1);
    }

    /** A small table, a large one. */
    static List<DeltaSinks.Options> writers() {
        return TypesZooTablesIT.ways().subList(0, 2);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void parksWhatTheLetterMayHaveChangedAndFillsItFromTheReplay(DeltaSinks.Options way) {
        LakeFixture lake = new LakeFixture(folder, way);
        lake.write(customers.insert(1, 1, "Ann", "B1").dead("OUT_OF_RANGE", 1));
        Receipt behind = lake.write(customers.update(3, 1, "Ada", Absent.VALUE).insert(3, 2, "Bob", "Oslo"));
        lake.restart();
        lake.write(customers.update(4, 1, "Amy", Absent.VALUE));

        assertThat(behind.counts()).isEqualTo(Counts.ofChanges(1, 0, 1));
        assertThat(lake.customers()).containsExactly("1 Ann B1 01 - true c", "2 Bob Oslo 03 - true c");

        Receipt replay = lake.replay(0, customers.from(1).update(2, 1, "Ann", "B2"));

        assertThat(replay.counts()).isEqualTo(Counts.ofChanges(1, 0, 0));
        assertThat(lake.customers())
                .containsExactly(
                        "1 Ada B2 03 04 false u",
                        "1 Amy B2 04 - true u",
                        "1 Ann B1 01 02 false c",
                        "1 Ann B2 02 03 false u",
                        "2 Bob Oslo 03 - true c");
        assertThat(lake.replay(1, customers.from(1).update(2, 1, "Ann", "B2")).counts())
                .isEqualTo(Counts.ofChanges(0, 1, 0));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void parksInTheSameBatchAndLetsAWholeRowPass(DeltaSinks.Options way) {
        LakeFixture lake = new LakeFixture(folder, way);
        lake.write(customers
                .insert(1, 1, "Ann", "B1")
                .dead("OUT_OF_RANGE", 1)
                .update(3, 1, "Ada", Absent.VALUE)
                .update(4, 1, "Amy", "B4")
                .update(5, 1, "Eve", Absent.VALUE));

        assertThat(lake.customers())
                .containsExactly("1 Amy B4 04 05 false u", "1 Ann B1 01 04 false c", "1 Eve B4 05 - true u");
    }

    @Test
    void parksInATopicThatIsNotNamedAfterItsTableAsWell() {
        LakeFixture lake = new LakeFixture(folder, DeltaSinks.Options.DEFAULT);
        Changes crm = customers.named("crm-customers");
        lake.write(crm.insert(1, 1, "Ann", "B1").dead("OUT_OF_RANGE", 1));
        Receipt behind = lake.write(crm.update(3, 1, "Ada", Absent.VALUE));

        assertThat(behind.counts()).isEqualTo(Counts.ofChanges(0, 0, 1));
        assertThat(lake.customers()).containsExactly("1 Ann B1 01 - true c");
    }

    @Test
    void takesTheOlderValueWhenTheLetterIsGivenUp() {
        LakeFixture lake = new LakeFixture(folder, ways().get(0));
        lake.write(customers.insert(1, 1, "Ann", "B1").dead("OUT_OF_RANGE", 1).update(3, 1, "Ada", Absent.VALUE));
        lake.discard(LETTER);
        lake.write(customers.update(4, 1, "Amy", Absent.VALUE));

        assertThat(lake.customers())
                .containsExactly("1 Ada B1 03 04 false u", "1 Amy B1 04 - true u", "1 Ann B1 01 03 false c");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void freesWhatIsParkedBehindALetterThatIsGivenUp(DeltaSinks.Options way) {
        LakeFixture lake = new LakeFixture(folder, way);
        lake.write(customers.insert(1, 1, "Ann", "B1").dead("OUT_OF_RANGE", 1).update(3, 1, "Ada", Absent.VALUE));
        lake.write(new Changes("orders").insert(1, 1, "pen", "-"));
        assertThat(lake.free(2, LETTER).tables()).as("the letter is open").isEmpty();
        lake.discard(LETTER);

        Receipt receipt = lake.free(3, LETTER);

        assertThat(receipt.counts()).isEqualTo(Counts.NONE);
        assertThat(receipt.tables()).extracting(TableCommit::dataset).containsExactly("shop.public.customers");
        assertThat(lake.customers()).containsExactly("1 Ada B1 03 - true u", "1 Ann B1 01 03 false c");
        lake.restart();
        assertThat(lake.free(3, LETTER)).isEqualTo(receipt);
        assertThat(lake.free(4, LETTER).tables()).isEmpty();
    }

    @Test
    void keepsOneLetterWhenTheReplayRejectsItAgain() {
        LakeFixture lake = new LakeFixture(folder, ways().get(0));
        lake.write(customers.insert(1, 1, "Ann", "B1").dead("OUT_OF_RANGE", 1).dead("OTHER", 2));
        List<String> moments = lake.rows(Lake.DEAD_LETTERS, "concat_ws(' ', id, since)");

        Receipt again = lake.replay(0, customers.from(1).dead("WRONG_TYPE", 1));

        assertThat(again.counts()).isEqualTo(Counts.ofOthers(0, 0, 1));
        assertThat(again.deadLetters()).isEqualTo(new Receipt.DeadLetterCommit(Lake.DEAD_LETTERS, 1, 1));
        assertThat(lake.rows(Lake.DEAD_LETTERS, "concat_ws(' ', id, code, batch_id, rejected_by)"))
                .containsExactly(LETTER + " WRONG_TYPE g1/0 g1/1", "shop.public.customers-0-2 OTHER g1/0 g1/0");
        assertThat(lake.rows(Lake.DEAD_LETTERS, "concat_ws(' ', id, since)")).isEqualTo(moments);
    }

    /** A run of the replay dies before the ledger, and the policy is corrected before the next run. */
    @ParameterizedTest
    @MethodSource("ways")
    void takesALetterBackThatOnlyAKilledRunOfTheReplayRejected(DeltaSinks.Options way) {
        LakeFixture lake = new LakeFixture(folder, way);
        lake.write(customers.insert(1, 1, "Ann", "B1").dead("OUT_OF_RANGE", 1).dead("OUT_OF_RANGE", 1));
        lake.replay(
                1,
                0,
                customers.from(1).dead("WRONG_TYPE", 1).dead("WRONG_TYPE", 1).take());
        lake.restart();

        List<Guarded> now =
                customers.from(1).update(2, 1, "Ann", "B2").dead("NO_PLAN", 1).take();
        Receipt again = lake.replay(1, 0, now);

        assertThat(again.counts()).isEqualTo(new Counts(2, 1, 0, 0, 0, 1, 0));
        assertThat(lake.rows(Lake.DEAD_LETTERS, "concat_ws(' ', id, batch_id, rejected_by)"))
                .containsExactly(LETTER + " g1/0 g1/0", "shop.public.customers-0-2 g1/0 g1/1");
        lake.restart();
        assertThat(lake.replay(1, 0, now)).isEqualTo(again);

        List<Guarded> killed = customers.from(2).dead("WRONG_TYPE", 1).take();
        lake.replay(2, 2, killed);
        lake.restart();
        Receipt whole =
                lake.replay(2, 2, customers.from(2).update(3, 1, "Ada", "B3").take());

        assertThat(whole.deadLetters()).isNull();
        assertThat(lake.rows(Lake.DEAD_LETTERS, "rejected_by")).containsExactly("g1/0", "g1/0");
    }

    /** Topics are deleted and made again, and the same offset becomes a letter again. */
    @ParameterizedTest
    @MethodSource("writers")
    void tellsLettersOfTwoTopicsOfOneNameApart(DeltaSinks.Options way) {
        LakeFixture lake = new LakeFixture(folder, way);
        lake.write(customers.inTopic("first").insert(1, 1, "Ann", "B1").dead("OUT_OF_RANGE", 1));
        lake.write(customers.inTopic("second").insert(3, 2, "Bob", "Oslo").dead("OUT_OF_RANGE", 2));
        lake.restart();
        lake.write(customers.update(4, 1, "Ada", Absent.VALUE).update(4, 2, "Bea", Absent.VALUE));

        List<Guarded> both = new ArrayList<>(
                customers.inTopic("first").from(1).dead("WRONG_TYPE", 1).take());
        both.addAll(customers.inTopic("second").from(1).dead("NO_PLAN", 2).take());
        Receipt again = lake.replay(3, 0, both);

        assertThat(again.counts()).isEqualTo(Counts.ofOthers(0, 0, 2));
        assertThat(lake.rows(Lake.DEAD_LETTERS, "concat_ws(' ', id, code)"))
                .containsExactly(LETTER + "@first WRONG_TYPE", LETTER + "@second NO_PLAN");
        assertThat(lake.customers())
                .as("only the letter of the second topic stands before the updates")
                .containsExactly("1 Ada B1 04 - true u", "1 Ann B1 01 04 false c", "2 Bob Oslo 03 - true c");
    }
}
