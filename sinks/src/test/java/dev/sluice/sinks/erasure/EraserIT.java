package dev.sluice.sinks.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.event.Absent;
import dev.sluice.sinks.Changes;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.delta.DeltaSinks;
import dev.sluice.sinks.delta.LakeFixture;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EraserIT {

    private static final String CUSTOMERS = "analytics/shop.public.customers";

    private final Instant filed = Instant.now();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {64L << 20, -1})
    void leavesNoRowOfThePersonAndNoPseudonymInALog(long directBytes) {
        LakeFixture lake = new LakeFixture(folder, DeltaSinks.Options.DEFAULT);
        Changes customers = new Changes("customers");
        lake.write(customers.insert(1, 1, "Ann", "Rome").insert(1, 2, "Bob", "Oslo"));
        lake.write(customers
                .update(2, 1, "Ann", "Bonn")
                .update(3, 1, "Ann", "Bonn")
                .update(3, 2, "Bob", "Oslo"));
        SparkSession session = lake.spark().newSession();

        List<Eraser.Erased> erased =
                Eraser.erase(session, lake.lake(), order("case-1", "subject-1", "subject-77"), directBytes);

        assertThat(erased)
                .containsExactlyInAnyOrder(new Eraser.Erased(CUSTOMERS, 2, 2), new Eraser.Erased(Lake.LATENT, 1, 1));
        assertThat(lake.rows(CUSTOMERS, "_subject")).containsExactly("subject-2");
        assertThat(lake.rows(Lake.LATENT, "subject")).containsExactly("subject-2");
        assertThat(lake.filesWith(CUSTOMERS + "/_delta_log", "subject-1")).isEmpty();
        assertThat(lake.filesWith(Lake.LATENT + "/_delta_log", "subject-1")).isEmpty();
        assertThat(Eraser.erase(session, lake.lake(), order("case-2", "subject-1"), directBytes))
                .as("another case finds nothing")
                .isEmpty();

        lake.write(customers.update(9, 2, "Bob", "Kyiv"));
        assertThat(lake.rows(CUSTOMERS, "city")).containsExactly("Kyiv", "Oslo");
    }

    @Test
    void erasesFromATableWhoseColumnsHaveNamesThatParquetDoesNotAllow() {
        LakeFixture lake = new LakeFixture(folder, DeltaSinks.Options.DEFAULT);
        Changes odd = new Changes("odd").with(Changes.schema("full name"));
        lake.write(odd.insert(1, 1, "CanaryAnn").insert(1, 2, "Bob").update(2, 1, "CanaryAnn"));

        List<Eraser.Erased> erased = Eraser.erase(lake.spark().newSession(), lake.lake(), order("case-1", "subject-1"));

        assertThat(erased).extracting(Eraser.Erased::path).contains("analytics/shop.public.odd");
        assertThat(lake.rows("analytics/shop.public.odd", "concat_ws(' ', `full name`, _subject)"))
                .containsExactly("Bob subject-2");
    }

    @Test
    void refusesASessionThatWouldSkipDeletes() {
        LakeFixture lake = new LakeFixture(folder, DeltaSinks.Options.DEFAULT);
        SparkSession session = lake.spark().newSession();
        session.conf().set("spark.databricks.delta.write.txnAppId", "left behind");

        assertThatThrownBy(() -> Eraser.erase(session, lake.lake(), order("case-1", "subject-1")))
                .hasMessageContaining("SNK-014");
    }

    /** The run that deleted the rows died before it told anybody: the next one says which they were. */
    @ParameterizedTest
    @ValueSource(longs = {64L << 20, -1})
    void answersForWhatARunThatDiedHasDeleted(long directBytes) {
        LakeFixture lake = new LakeFixture(folder, DeltaSinks.Options.DEFAULT);
        Changes customers = new Changes("customers");
        lake.write(customers.insert(1, 1, "Ann", "Rome").insert(1, 2, "Bob", "Oslo"));
        SparkSession session = lake.spark().newSession();
        Eraser.erase(session, lake.lake(), order("er-subject-1", "subject-1"), directBytes);
        lake.write(customers.update(4, 2, "Bob", "Kyiv").update(5, 1, "Ann", Absent.VALUE));

        List<Eraser.Erased> again = Eraser.erase(session, lake.lake(), order("er-subject-1", "subject-1"), directBytes);

        assertThat(again).containsExactly(new Eraser.Erased(CUSTOMERS, 1, 1), new Eraser.Erased(Lake.LATENT, 1, 1));
        assertThat(lake.version(CUSTOMERS)).isEqualTo(2);
        assertThat(lake.filesWith(CUSTOMERS + "/_delta_log", "subject-1")).isEmpty();
        assertThat(Eraser.erase(session, lake.lake(), order("er-subject-1", "subject-1"), directBytes))
                .isEqualTo(again);
        assertThat(Eraser.erase(session, lake.lake(), order("er-subject-2", "subject-1"), directBytes))
                .isEmpty();
    }

    private Eraser.Order order(String caseId, String... subjects) {
        return new Eraser.Order(caseId, filed, Set.of(subjects));
    }
}
