package dev.sluice.deploy.e2e;

import dev.sluice.deploy.e2e.GatewayKills.Kill.Before;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every point at which the tests kill a gateway, in the order in which one home can live through them. */
final class GatewayKills {

    /** A history begins with the first snapshot that was finished, so the source rests until then. */
    private static final Kill FIRST =
            kill("CP03:1", "the snapshot is in the broker and not acknowledged to the engine", Before.REST);

    private static final List<Kill> LATER = List.of(
            kill("CP15:3", "several tables are written and no ledger", Before.LIFE_WITH_NEW_COLUMNS),
            kill("CP16:1", "dead letters are written and no table", Before.LIFE_WITH_MALFORMED_RECORDS),
            kill("CP19:2", "the ledger is signed and the checkpoint not published", Before.LIFE));

    private static final List<Kill> ERASURES = List.of(
            new Kill("CP22", "the key is destroyed and the rows are there", Before.REST, "5"),
            new Kill("CP23", "the rows are deleted and it is not recorded", Before.REST, "9"));

    /** Kills of the nightly tests only; most of these points have a kill of their own in the tests of a module. */
    private static final List<Kill> NIGHTLY = List.of(
            kill("CP03:2", "nothing but a sign of life is in the broker", Before.REST),
            kill("CP04:2", "changes are acknowledged and the offset is not stored", Before.LIFE),
            kill("CP05:2", "the offset is stored and the source not told", Before.LIFE),
            kill("CP06:1", "a batch is planned and nothing is read", Before.LIFE),
            kill("CP10:1", "a person's key is made and not stored", Before.LIFE),
            kill("CP12:1", "latent events are written and no table", Before.LIFE),
            kill("CP13:2", "one of the tables is written", Before.LIFE_WITH_NEW_COLUMNS),
            kill("CP18:2", "the ledger leaf of a batch is written and not signed", Before.LIFE));

    /**
     * One kill.
     *
     * @param point the crash point and its visit
     * @param what what holds at that point
     * @param before what happens to the source before the process that is killed starts
     * @param erased the customer whose erasure that process is to file; empty for a gateway that runs
     */
    record Kill(String point, String what, Before before, String erased) {

        /** What happens to the source. */
        enum Before {
            REST,
            LIFE,
            LIFE_WITH_NEW_COLUMNS,
            LIFE_WITH_MALFORMED_RECORDS
        }

        @Override
        public String toString() {
            return point + " " + what;
        }
    }

    private GatewayKills() {}

    /**
     * Kills of batches that follow each other without a start that comes to its end, so that each but the first hits a
     * process that mends what the one before left. The second hits the batch that makes the tables.
     */
    static List<Kill> inARow() {
        List<Kill> row = new ArrayList<>(List.of(FIRST, kill("CP13:2", "one of the tables is made", Before.REST)));
        row.addAll(LATER);
        return row;
    }

    /** Kills of erasures that follow each other; the later ones are filed while the first is not worked yet. */
    static List<Kill> ofErasures() {
        return ERASURES;
    }

    /** Every kill alone; erasures come last. */
    static Stream<List<Kill>> alone() {
        List<Kill> all = new ArrayList<>(List.of(FIRST));
        all.addAll(NIGHTLY);
        all.addAll(LATER);
        all.addAll(ERASURES);
        return all.stream().map(List::of);
    }

    private static Kill kill(String point, String what, Before before) {
        return new Kill(point, what, before, "");
    }
}
