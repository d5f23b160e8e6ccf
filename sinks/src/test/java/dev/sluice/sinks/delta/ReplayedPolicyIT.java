package dev.sluice.sinks.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.masking.Guarded;
import dev.sluice.sinks.Changes;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SinkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A batch died with the customers written and the orders not, and the policy changed before it is replayed. */
class ReplayedPolicyIT {

    private static final String CUSTOMERS = "analytics/shop.public.customers";
    private static final String ORDERS = "analytics/shop.public.orders";

    @TempDir
    Path folder;

    /** A small table, a large one, a flood. */
    static List<DeltaSinks.Options> ways() {
        return TypesZooTablesIT.ways();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void keepsARecordThatOnlyTheReplayRejects(DeltaSinks.Options way) throws IOException {
        LakeFixture lake = new LakeFixture(folder, way);
        Changes customers = new Changes("customers").insert(1, 1, "Ann", "Rome").dead("BAD_MAGIC");
        List<Guarded> settled = customers.take();
        die(lake, settled, new Changes("orders").insert(3, 7, "pen", "-").insert(4, 8, "ink", "-"));

        List<Guarded> now =
                batch(settled, new Changes("orders").insert(3, 7, "pen", "-").dead("NO_PLAN"));
        Receipt receipt = lake.write(0, now);

        assertThat(receipt.counts()).isEqualTo(new Counts(4, 2, 0, 0, 0, 2, 0));
        assertThat(receipt.deadLetters()).isEqualTo(new Receipt.DeadLetterCommit(Lake.DEAD_LETTERS, 1, 2));
        assertThat(lake.rows(ORDERS, "name")).containsExactly("pen");
        assertThat(lake.rows(Lake.DEAD_LETTERS, "concat_ws(' ', id, code)"))
                .containsExactly("shop.public.customers-0-1 BAD_MAGIC", "shop.public.orders-0-1 NO_PLAN");
        lake.restart();
        assertThat(lake.write(0, now)).isEqualTo(receipt);
        assertThat(lake.version(Lake.DEAD_LETTERS)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void takesBackADeadLetterThatTheReplayAccepts(DeltaSinks.Options way) throws IOException {
        LakeFixture lake = new LakeFixture(folder, way);
        lake.write(7, new Changes("orders").dead("OTHER_BATCH").take());
        List<Guarded> settled =
                new Changes("customers").insert(1, 1, "Ann", "Rome").take();
        lake.restart();
        die(lake, settled, new Changes("orders").insert(3, 7, "pen", "-").dead("NO_PLAN"));

        List<Guarded> now =
                batch(settled, new Changes("orders").insert(3, 7, "pen", "-").insert(4, 8, "ink", "-"));
        Receipt receipt = lake.write(8, now);

        assertThat(receipt.counts()).isEqualTo(Counts.ofChanges(3, 0, 0));
        assertThat(receipt.deadLetters()).isNull();
        assertThat(lake.rows(ORDERS, "name")).containsExactly("ink", "pen");
        assertThat(lake.rows(Lake.DEAD_LETTERS, "concat_ws(' ', id, code)"))
                .containsExactly("shop.public.orders-0-0 OTHER_BATCH");
        lake.restart();
        assertThat(lake.write(8, now)).isEqualTo(receipt);
    }

    /** What the run that wrote a table rejected stays rejected, and what it accepted is in the table. */
    @ParameterizedTest
    @MethodSource("ways")
    void leavesAloneWhatATableHasAnsweredFor(DeltaSinks.Options way) throws IOException {
        LakeFixture lake = new LakeFixture(folder, way);
        List<Guarded> first = new Changes("customers")
                .insert(1, 1, "Ann", "Rome")
                .dead("NO_PLAN")
                .insert(3, 3, "Cyd", "Bonn")
                .take();
        die(lake, first, new Changes("orders").insert(4, 7, "pen", "-"));

        List<Guarded> second = new Changes("customers")
                .dead("NO_PLAN")
                .insert(2, 2, "Bob", "Oslo")
                .insert(3, 3, "Cyd", "Bonn")
                .take();
        Receipt receipt = lake.write(0, batch(second, new Changes("orders").insert(4, 7, "pen", "-")));

        assertThat(receipt.counts()).isEqualTo(new Counts(4, 3, 0, 0, 0, 1, 0));
        assertThat(receipt.deadLetters()).isEqualTo(new Receipt.DeadLetterCommit(Lake.DEAD_LETTERS, 0, 1));
        assertThat(lake.rows(CUSTOMERS, "name")).containsExactly("Ann", "Cyd");
        assertThat(lake.rows(Lake.DEAD_LETTERS, "id")).containsExactly("shop.public.customers-0-1");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void refusesToRejectAllThatATableShows(DeltaSinks.Options way) throws IOException {
        LakeFixture lake = new LakeFixture(folder, way);
        List<Guarded> first =
                new Changes("customers").insert(1, 1, "Ann", "Rome").take();
        die(lake, first, new Changes("orders").insert(4, 7, "pen", "-"));

        List<Guarded> second = new Changes("customers").dead("NO_PLAN").take();

        assertThatThrownBy(() -> lake.write(0, batch(second, new Changes("orders").insert(4, 7, "pen", "-"))))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("SNK-017")
                .hasMessageContaining("shop.public.customers-0-0");
        assertThat(Path.of(lake.lake().location(Lake.DEAD_LETTERS))).doesNotExist();
        assertThat(Path.of(lake.lake().location(ORDERS))).doesNotExist();
    }

    /** Writes the batch up to the orders, whose folder cannot be made, and forgets what is in memory. */
    private void die(LakeFixture lake, List<Guarded> settled, Changes orders) throws IOException {
        Path inTheWay = Path.of(lake.lake().location(ORDERS));
        Files.createDirectories(inTheWay.getParent());
        Files.createFile(inTheWay);
        long number = Files.exists(Path.of(lake.lake().location(Lake.DEAD_LETTERS))) ? 8 : 0;
        List<Guarded> batch = batch(settled, orders);
        assertThatThrownBy(() -> lake.write(number, batch));
        assertThat(lake.version(CUSTOMERS)).isZero();
        Files.delete(inTheWay);
        lake.restart();
    }

    private static List<Guarded> batch(List<Guarded> settled, Changes orders) {
        return Stream.concat(settled.stream(), orders.take().stream()).toList();
    }
}
