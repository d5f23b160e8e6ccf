package dev.sluice.sinks.delta;

import static dev.sluice.sinks.Changes.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.masking.Guarded;
import dev.sluice.sinks.Changes;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SinkException;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import dev.sluice.sinks.TableCommit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaSinksIT {

    private static final String CUSTOMERS = "analytics/shop.public.customers";

    @TempDir
    Path folder;

    private final Changes customers = new Changes("customers");
    private LakeFixture lake;

    @BeforeEach
    void open() {
        lake = new LakeFixture(folder, DeltaSinks.Options.DEFAULT);
    }

    @Test
    void writesEveryVersionOfEveryKey() {
        Receipt receipt = lake.write(customers.read(1, 1, "Ann", "Rome").read(1, 2, "Bob", "Oslo"));
        assertThat(receipt.counts()).isEqualTo(Counts.ofChanges(2, 0, 0));

        lake.write(customers
                .update(2, 1, "Ann", "Bonn")
                .update(3, 1, "Ann", "Kyiv")
                .delete(4, 2));

        assertThat(lake.customers())
                .containsExactly(
                        "1 Ann Bonn 02 03 false u",
                        "1 Ann Kyiv 03 - true u",
                        "1 Ann Rome 01 02 false r",
                        "2 Bob Oslo 01 04 false r");
        assertThat(lake.rows(CUSTOMERS, "concat_ws(' ', _key, _subject, _seq)"))
                .contains("[\"2\"] subject-2 00000000.0000000000000001.0.0000000000000001.00000000");
        assertThat(lake.version(CUSTOMERS)).as("one commit per batch").isEqualTo(1);
    }

    @Test
    void accountsForEveryRecordInTheReceipt() {
        Receipt receipt = lake.write(customers
                .insert(1, 1, "Ann", "Rome")
                .insert(1, 1, "Ann", "Rome")
                .update(2, 9, "Zoe", Absent.VALUE)
                .dead("BAD_MAGIC")
                .erased()
                .marker("TOMBSTONE")
                .marker("TRANSACTION_END"));

        assertThat(receipt.counts()).isEqualTo(new Counts(7, 1, 1, 2, 1, 1, 1));
        assertThat(receipt.ranges())
                .containsExactly(new SourceRange(new SourcePartition("shop.public.customers", "id", 0), 0, 7));
        assertThat(receipt.seen())
                .isEqualTo(new Receipt.Seen(
                        3,
                        1,
                        "00000000.0000000000000001.1.0000000000000001.00000000",
                        "00000000.0000000000000002.1.0000000000000002.00000000"));
        assertThat(receipt.deadLetters()).isEqualTo(new Receipt.DeadLetterCommit(Lake.DEAD_LETTERS, 0, 1));
        assertThat(receipt.tables())
                .containsExactly(new TableCommit(
                        "shop.public.customers", CUSTOMERS, 0, new Counts(7, 1, 1, 2, 1, 1, 1), List.of("plan-1")));
    }

    @Test
    void answersAReplayedBatchWithTheSameReceiptAndNoCommit() {
        lake.write(customers.read(1, 1, "Ann", "Rome").read(1, 2, "Bob", "Oslo"));
        List<Guarded> batch = customers
                .update(2, 1, "Ann", "Bonn")
                .update(3, 1, "Ann", "Bonn")
                .dead("BAD_MAGIC")
                .marker("TRANSACTION_END")
                .take();
        Receipt first = lake.write(1, batch);
        Receipt again = lake.write(1, batch);
        lake.restart();
        Receipt afterRestart = lake.write(1, batch);

        assertThat(again).isEqualTo(first);
        assertThat(afterRestart).isEqualTo(first);
        assertThat(lake.version(CUSTOMERS)).isEqualTo(1);
        assertThat(lake.version(Lake.LATENT)).isZero();
        assertThat(lake.version(Lake.DEAD_LETTERS)).isZero();
    }

    /** Without the digest in the commits, the records of the second plan would count as written and be lost. */
    @Test
    void refusesANumberThatStoodForOtherRecords() {
        Changes orders = new Changes("orders").insert(9, 7, "pen", "-");
        lake.write(3, customers.insert(1, 1, "Ann", "Rome").dead("BAD_MAGIC").take());

        for (boolean restarted : new boolean[] {false, true}) {
            assertThatThrownBy(() ->
                            lake.write(3, customers.insert(2, 2, "Bob", "Oslo").take()))
                    .isInstanceOf(SinkException.class)
                    .hasMessageContaining("SNK-019")
                    .hasMessageContaining("Version 0 of the table")
                    .hasMessageContaining("batch g1/3");
            if (!restarted) {
                lake.restart();
            }
        }
        List<Guarded> letters = orders.dead("BAD_MAGIC").take();
        assertThatThrownBy(() -> lake.write(3, letters))
                .as("the dead letters of the other plan")
                .hasMessageContaining("SNK-019");

        assertThat(lake.customers()).containsExactly("1 Ann Rome 01 - true c");
        assertThat(Path.of(lake.lake().location("analytics/shop.public.orders")))
                .doesNotExist();
    }

    /** A fault of a whole dataset is no flood of dead letters: nothing of the batch is written. */
    @Test
    void refusesABatchThatIsMostlyDeadLettersOfOneDataset() {
        LakeFixture strict = new LakeFixture(lake.lake(), DeltaSinks.Options.DEFAULT.withDeadLetterPercent(50));
        Changes orders = new Changes("orders").insert(9, 7, "pen", "-");
        customers.insert(1, 1, "Ann", "Rome");
        for (int i = 0; i < 100; i++) {
            customers.dead("BAD_MAGIC");
        }
        List<Guarded> batch = java.util.stream.Stream.of(customers, orders)
                .flatMap(topic -> topic.take().stream())
                .toList();

        assertThatThrownBy(() -> strict.write(0, batch))
                .isInstanceOfSatisfying(
                        SinkException.class, e -> assertThat(e.dataset()).contains("shop.public.customers"))
                .hasMessageContaining("SNK-020")
                .hasMessageContaining("100 of 101 records");
        assertThat(Path.of(lake.lake().location(Lake.DEAD_LETTERS))).doesNotExist();
        assertThat(Path.of(lake.lake().location("analytics/shop.public.orders")))
                .doesNotExist();

        List<Guarded> fewer = batch.subList(1, batch.size());
        assertThat(new LakeFixture(lake.lake(), DeltaSinks.Options.DEFAULT)
                        .write(0, fewer)
                        .counts()
                        .deadLettered())
                .as("any share is accepted without the limit")
                .isEqualTo(100);
    }

    @Test
    void acceptsAFewDeadLettersWhateverTheirShare() {
        LakeFixture strict = new LakeFixture(lake.lake(), DeltaSinks.Options.DEFAULT.withDeadLetterPercent(1));
        for (int i = 0; i < 99; i++) {
            customers.dead("LOGICAL_TYPE");
        }

        assertThat(strict.write(customers).counts().deadLettered()).isEqualTo(99);
    }

    @Test
    void refusesTheThirdUnreadableRecordOfADatasetInARowUntilAReadableOneFollows() {
        LakeFixture strict = new LakeFixture(lake.lake(), DeltaSinks.Options.DEFAULT.withDeadLetterPercent(50));
        strict.write(
                0, customers.dead("UNSUPPORTED_TYPE").dead("UNSUPPORTED_TYPE").take());
        List<Guarded> third = customers.dead("UNSUPPORTED_TYPE").take();

        assertThatThrownBy(() -> strict.write(1, third))
                .isInstanceOfSatisfying(
                        SinkException.class, e -> assertThat(e.dataset()).contains("shop.public.customers"))
                .hasMessageContaining("SNK-021 3 records of shop.public.customers")
                .hasMessageContaining("UNSUPPORTED_TYPE");

        List<Guarded> more = java.util.stream.Stream.of(
                        third, customers.insert(9, 1, "Ann", "Rome").take())
                .flatMap(List::stream)
                .toList();
        assertThat(strict.write(1, more).counts().deadLettered()).isOne();
    }

    @Test
    void acceptsStrayRecordsOfSeveralKinds() {
        LakeFixture strict = new LakeFixture(lake.lake(), DeltaSinks.Options.DEFAULT.withDeadLetterPercent(50));

        assertThat(strict.write(customers
                                .dead("BAD_MAGIC")
                                .dead("NULL_KEY")
                                .dead("BAD_MAGIC")
                                .dead("UTF8_INVALID"))
                        .counts()
                        .deadLettered())
                .isEqualTo(4);
    }

    @Test
    void finishesABatchThatDiedBetweenTwoTables() throws Exception {
        Changes orders = new Changes("orders");
        Path inTheWay = Path.of(lake.lake().location("analytics/shop.public.orders"));
        Files.createDirectories(inTheWay.getParent());
        Files.createFile(inTheWay);
        customers.insert(1, 1, "Ann", "Rome").update(2, 1, "Ann", "Rome").dead("BAD_MAGIC");
        orders.insert(3, 7, "pen", "-").update(4, 7, "pen", "-");
        List<Guarded> batch = java.util.stream.Stream.of(customers, orders)
                .flatMap(topic -> topic.take().stream())
                .toList();
        assertThatThrownBy(() -> lake.write(0, batch))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("SNK-011");
        assertThat(lake.version(CUSTOMERS)).isZero();

        Files.delete(inTheWay);
        lake.restart();
        Receipt receipt = lake.write(0, batch);

        assertThat(receipt.counts()).isEqualTo(new Counts(5, 4, 0, 0, 0, 1, 0));
        assertThat(receipt.tables()).extracting(TableCommit::version).containsExactly(0L, 0L);
        assertThat(lake.rows("analytics/shop.public.orders", "name")).containsExactly("pen");
        assertThat(lake.rows(Lake.LATENT, "concat_ws(' ', dataset, key)"))
                .containsExactly("shop.public.customers [\"1\"]", "shop.public.orders [\"7\"]");
        assertThat(lake.rows(Lake.DEAD_LETTERS, "id")).containsExactly("shop.public.customers-0-2");
    }

    @Test
    void placesLateChangesAndDropsRepeatedOnes() {
        lake.write(customers
                .insert(1, 1, "Ann", "Rome")
                .update(5, 1, "Ann", "Oslo")
                .delete(7, 2));
        Receipt receipt = lake.write(customers
                .update(3, 1, "Ann", "Bonn")
                .update(5, 1, "Ann", "Oslo")
                .insert(6, 2, "Bob", "Kyiv"));

        assertThat(receipt.counts()).isEqualTo(Counts.ofChanges(2, 1, 0));
        assertThat(lake.customers())
                .containsExactly(
                        "1 Ann Bonn 03 05 false u",
                        "1 Ann Oslo 05 - true u",
                        "1 Ann Rome 01 03 false c",
                        "2 Bob Kyiv 06 07 false c");
    }

    @Test
    void linksTheHalvesOfAKeyChange() {
        lake.write(customers.insert(1, 1, "Ann", "Rome"));
        lake.write(customers.move(2, 1, 8, "Ann", "Rome"));

        assertThat(lake.customers()).containsExactly("1 Ann Rome 01 02 false c", "8 Ann Rome 02 - true c");
        assertThat(lake.rows(
                        CUSTOMERS,
                        "concat_ws(' ', id, _provenance.moved_from, _provenance.closed_by.moved_to,"
                                + " _provenance.closed_by.op)"))
                .containsExactly("1 " + key(8) + " d", "8 " + key(1));
    }

    @Test
    void truncateClosesEveryOpenVersionAtItsPosition() {
        lake.write(customers.insert(1, 1, "Ann", "Rome").insert(2, 2, "Bob", "Oslo"));
        Receipt receipt = lake.write(customers.truncate(5).insert(6, 3, "Cyd", "Bonn"));
        lake.write(customers.update(4, 2, "Bob", "Kyiv"));

        assertThat(receipt.counts()).isEqualTo(Counts.ofChanges(2, 0, 0));
        assertThat(lake.customers())
                .containsExactly(
                        "1 Ann Rome 01 05 false c",
                        "2 Bob Kyiv 04 05 false u",
                        "2 Bob Oslo 02 04 false c",
                        "3 Cyd Bonn 06 - true c");
    }

    @Test
    void showsAParkedChangeOnceItsPredecessorArrives() {
        lake.write(customers.update(3, 1, "Ann", Absent.VALUE));
        assertThat(Files.exists(Path.of(lake.lake().location(CUSTOMERS)))).isFalse();

        Receipt receipt = lake.write(customers.insert(1, 1, "Al", "Rome"));
        lake.write(customers.update(2, 1, "Al", "Oslo"));

        assertThat(receipt.counts()).isEqualTo(Counts.ofChanges(1, 0, 0));
        assertThat(lake.customers())
                .containsExactly("1 Al Oslo 02 03 false u", "1 Al Rome 01 02 false c", "1 Ann Oslo 03 - true u");
    }

    @Test
    void growsByANewColumnAndKeepsADroppedOne() {
        lake.write(customers.insert(1, 1, "Ann", "Rome"));
        lake.write(customers.with(Changes.schema("name", "city", "mail")).update(2, 1, "Ann", "Rome", "a@x"));
        lake.write(customers.with(Changes.schema("name", "mail")).update(3, 1, "Ann", "a@x"));

        assertThat(lake.rows(CUSTOMERS, "concat_ws(' ', name, coalesce(city, '-'), coalesce(mail, '-'))"))
                .containsExactly("Ann - a@x", "Ann Rome -", "Ann Rome a@x");
    }

    @Test
    void growsByAColumnWhoseNameNeedsColumnMapping() {
        lake.write(customers.insert(1, 1, "Ann", "Rome").insert(1, 2, "Bob", "Oslo"));
        Changes more = customers.with(Changes.schema("name", "full name"));
        lake.write(more.insert(2, 3, "Eve", "Eve; Adams"));
        lake.write(more.update(3, 1, "Ann", "Ann Smith").delete(3, 2));

        assertThat(lake.rows(
                        CUSTOMERS, "concat_ws(' ', name, coalesce(city, '-'), coalesce(`full name`, '-'), is_current)"))
                .containsExactly(
                        "Ann - Ann Smith true", "Ann Rome - false", "Bob Oslo - false", "Eve - Eve; Adams true");
    }

    /** Delta has a table feature for such timestamps and adds the feature to no table that exists. */
    @Test
    void growsByTimestampsWithoutAZone() {
        lake.write(customers.insert(1, 1, "Ann", "Rome").insert(1, 2, "Bob", "Oslo"));
        List<Field> fields = new ArrayList<>(Changes.schema("name").fields());
        fields.add(new Field("seen", DataType.of(DataType.TypeKind.TIMESTAMP), true, false));
        fields.add(new Field("all", DataType.array(DataType.of(DataType.TypeKind.TIMESTAMP)), true, false));
        Changes more = customers.with(RowSchema.of(fields));
        LocalDateTime seen = LocalDateTime.parse("2026-11-30T09:00:00");
        lake.write(more.insert(2, 3, "Eve", seen, List.of(seen)));
        lake.write(more.update(3, 1, "Ann", seen, List.of()).delete(3, 2));

        assertThat(lake.rows(CUSTOMERS, "concat_ws(' ', name, coalesce(string(seen), '-'), size(all), is_current)"))
                .containsExactly(
                        "Ann - false",
                        "Ann 2026-11-30 09:00:00 0 true",
                        "Bob - false",
                        "Eve 2026-11-30 09:00:00 1 true");
    }

    @Test
    void stopsTheBatchWhenOnePositionCarriesTwoChanges() {
        lake.write(customers.insert(1, 1, "Ann", "Rome"));

        assertThatThrownBy(() -> lake.write(customers.insert(1, 1, "Eve", "Rome")))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("SNK-007")
                .hasMessageContaining("POSITION_CONFLICT")
                .hasMessageNotContaining("Eve");
    }

    @Test
    void refusesColumnsThatATableCannotHoldApart() {
        assertThatThrownBy(() ->
                        lake.write(customers.with(Changes.schema("Valid_From")).insert(1, 1, "x")))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("SNK-003")
                .hasMessageContaining("prefix");
        assertThatThrownBy(() -> lake.write(
                        new Changes("a").with(Changes.schema("x", "X")).insert(1, 1, "x", "y")))
                .hasMessageContaining("SNK-004");
        assertThatThrownBy(() ->
                        lake.write(new Changes("b").with(Changes.schema("a\nb")).insert(1, 1, "x")))
                .hasMessageContaining("SNK-005");
        assertThat(Files.exists(Path.of(lake.lake().location(CUSTOMERS)))).isFalse();
    }

    @Test
    void movesItsOwnColumnsOutOfTheWayWithAPrefix() {
        LakeFixture prefixed = new LakeFixture(
                new Lake(folder.resolve("lake").toString(), "other", "scd_"), DeltaSinks.Options.DEFAULT);
        prefixed.write(customers.with(Changes.schema("valid_from")).insert(1, 1, "x"));

        assertThat(prefixed.rows("other/shop.public.customers", "concat_ws(' ', valid_from, scd__op, scd_is_current)"))
                .containsExactly("x c true");
    }

    @Test
    void holdsHostileColumnNames() {
        Changes odd =
                new Changes("odd").with(Changes.schema("a`b", "a.b", "it's \"q\"", "\uD83D\uDE00", "x; DROP TABLE y"));
        lake.write(odd.insert(1, 1, "v1", "v2", "v3", "v4", "v5"));
        lake.write(odd.update(2, 1, "w1", "v2", "v3", "v4", "v5"));

        assertThat(
                        lake.rows(
                                "analytics/shop.public.odd",
                                "concat_ws(' ', `a``b`, `a.b`, `it's \"q\"`, `\uD83D\uDE00`, `x; DROP TABLE y`, _op, is_current)"))
                .containsExactly("v1 v2 v3 v4 v5 c false", "w1 v2 v3 v4 v5 u true");
    }

    @Test
    void keepsNoStatisticsOfBusinessColumns() {
        lake.write(customers.insert(1, 1, "CanaryAnn", "Rome"));
        lake.write(customers
                .update(2, 1, "CanaryAnn", "Oslo")
                .update(3, 1, "CanaryAnn", "Oslo")
                .dead("X"));

        assertThat(lake.filesWith(CUSTOMERS + "/_delta_log", "CanaryAnn")).isEmpty();
        assertThat(lake.filesWith(CUSTOMERS + "/_delta_log", "maxValues\\\":{\\\"valid_from"))
                .isNotEmpty();
        assertThat(lake.filesWith(Lake.LATENT + "/_delta_log", "CanaryAnn")).isEmpty();
        assertThat(lake.filesWith(CUSTOMERS + "/_delta_log", "\"delta.enableDeletionVectors\":\"false\""))
                .isNotEmpty();
    }

    @Test
    void foldsSmallFilesAndReadsOnThroughACheckpoint() {
        for (int i = 1; i <= 24; i++) {
            lake.write(customers.insert(i, i, "n" + i, "Rome"));
        }

        assertThat(lake.customers()).hasSize(24);
        assertThat(Path.of(lake.lake().location(CUSTOMERS), "_delta_log", "_last_checkpoint"))
                .exists();
        assertThat(lake.spark()
                        .read()
                        .format("delta")
                        .load(lake.lake().location(CUSTOMERS))
                        .inputFiles())
                .hasSizeLessThan(17);
    }

    @Test
    void answersABatchWithoutChanges() {
        Receipt receipt = lake.write(customers.marker("HEARTBEAT").erased());

        assertThat(receipt.counts()).isEqualTo(new Counts(2, 0, 0, 1, 1, 0, 0));
        assertThat(receipt.tables()).isEmpty();
        assertThat(receipt.seen()).isEqualTo(new Receipt.Seen(0, 0, null, null));
    }
}
