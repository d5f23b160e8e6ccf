package dev.sluice.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.audit.event.ActionRecorded;
import dev.sluice.audit.event.BatchAbandoned;
import dev.sluice.audit.fixture.Folders;
import dev.sluice.audit.fixture.LakeFiles;
import dev.sluice.audit.fixture.Plans;
import dev.sluice.audit.fixture.Receipts;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.audit.tile.NoteKey;
import dev.sluice.audit.tile.NoteVerifier;
import dev.sluice.audit.verify.LedgerVerifier.Evidence;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import dev.sluice.sinks.TableCommit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerVerifierTest {
    @TempDir
    private Path home;

    private Path folder;
    private LakeFiles lake;
    private NoteKey key;

    @BeforeEach
    void makeKey() {
        folder = home.resolve("ledger");
        lake = new LakeFiles(home.resolve("lake"));
        key = NoteKey.open(home.resolve("keys"), "sluice/shop");
    }

    @Test
    void acceptsAWholeLedgerAndItsLake() throws IOException {
        write(0, 30);
        for (int i = 0; i < 30; i++) {
            lake.commit(Receipts.TABLE, i, batch(i));
            lake.commit("_deadletters", i, batch(i));
        }
        lake.maintenance(Receipts.TABLE, 30);
        lake.commit(Receipts.TABLE, 31, batch(30));
        Verification result = verifyAll();
        assertThat(result.findings()).isEmpty();
        assertThat(result.ok()).isTrue();
        assertThat(result.size()).isEqualTo(30);
        assertThat(result.counts()).isEqualTo(new Verification.Coverage(30, 300, 1, 60, 0));
        assertThat(result.steps()).hasSize(5).allMatch(step -> step.startsWith("ok "));
    }

    @Test
    void acceptsAnEmptyLedger() {
        write(0, 0);
        assertThat(verify().ok()).isTrue();
    }

    @Test
    void saysWhenThereIsNoLedger() {
        assertThat(codes(verify())).containsExactly(VerificationCode.CHECKPOINT);
    }

    @Test
    void failsWithAnotherKeyAndForAnotherOrigin() {
        write(0, 2);
        NoteVerifier stranger =
                NoteKey.open(home.resolve("other"), "sluice/shop").verifier();
        NoteVerifier elsewhere =
                NoteKey.open(home.resolve("elsewhere"), "sluice/x").verifier();
        assertThat(codes(verify(List.of(stranger), List.of()))).containsExactly(VerificationCode.CHECKPOINT);
        assertThat(codes(verify(List.of(elsewhere), List.of()))).containsExactly(VerificationCode.CHECKPOINT);
        assertThat(verify(List.of(stranger, key.verifier()), List.of()).ok()).isTrue();
    }

    @Test
    void failsWhenAnOldCheckpointIsPlayedBack() throws IOException {
        write(0, 2);
        byte[] old = Files.readAllBytes(folder.resolve("checkpoint"));
        write(2, 4);
        Files.write(folder.resolve("checkpoint"), old);
        Verification result = verify(List.of(key.verifier()), List.of(Files.readAllBytes(key.head())));
        assertThat(codes(result)).contains(VerificationCode.ROLLED_BACK);
        assertThat(result.ok()).isFalse();
        // Without the last signed head, only the files beyond the checkpoint reveal the older checkpoint.
        assertThat(codes(verify())).isNotEmpty().containsOnly(VerificationCode.AHEAD);
    }

    @Test
    void failsWhenThereAreTwoHistories() throws IOException {
        write(0, 3);
        byte[] kept = Files.readAllBytes(folder.resolve("checkpoint"));
        Folders.delete(folder);
        Files.delete(key.head());
        try (Ledger ledger = Ledger.open(folder, key)) {
            for (int i = 0; i < 5; i++) {
                ledger.append(new ActionRecorded(Instant.EPOCH, "rewritten", Map.of("i", String.valueOf(i))));
            }
        }
        assertThat(verify().ok()).isTrue();
        assertThat(codes(verify(List.of(key.verifier()), List.of(kept)))).containsExactly(VerificationCode.FORKED);
        kept[4] ^= 1;
        assertThat(codes(verify(List.of(key.verifier()), List.of(kept)))).containsExactly(VerificationCode.HEAD);
    }

    @Test
    void findsGapsInBatchesAndOffsets() {
        try (Ledger ledger = Ledger.open(folder, key)) {
            ledger.record(Receipts.batch(0));
            ledger.record(Receipts.batch(2));
            ledger.record(range("g1", 3, 25, 35));
            ledger.record(range("g2", 0, 30, 40));
            ledger.record(range("g2", 1, 40, 45));
            ledger.record(range("g2", 2, 45, 56));
            ledger.record(Receipts.batch("g2", 3, List.of(Plans.ID)));
        }
        assertThat(codes(verify()))
                .containsExactly(
                        VerificationCode.BATCH_GAP,
                        VerificationCode.OFFSET_GAP,
                        VerificationCode.OFFSET_OVERLAP,
                        VerificationCode.OFFSET_REREAD,
                        VerificationCode.UNACCOUNTED,
                        VerificationCode.OFFSETS_EMPTY,
                        VerificationCode.OFFSET_OVERLAP,
                        VerificationCode.PLAN_UNKNOWN);
    }

    @Test
    void followsPlansAndBatchesInSeveralLeaves() {
        try (Ledger ledger = Ledger.open(folder, key)) {
            ledger.activate(Plans.customers(150));
            ledger.record(Receipts.batch("g1", 0, List.of(Plans.ID)));
            ledger.record(Receipts.wide(1, 120));
        }
        Verification result = verify();
        assertThat(codes(result)).containsExactly(VerificationCode.OFFSETS_EMPTY);
        assertThat(result.counts().batches()).isEqualTo(2);
    }

    @Test
    void comparesTheLakeBothWays() throws IOException {
        write(0, 4);
        lake.commit(Receipts.TABLE, 1, batch(1));
        lake.commit(Receipts.TABLE, 2, new BatchId("g9", 9));
        lake.commit("_deadletters", 1, batch(1));
        lake.maintenance("_deadletters", 2);
        lake.write("_deadletters", 3, "not json");
        Verification result = verifyAll();
        assertThat(codes(result))
                .containsExactly(
                        VerificationCode.VERSION_EXPIRED,
                        VerificationCode.VERSION_EXPIRED,
                        VerificationCode.VERSION_FOREIGN,
                        VerificationCode.VERSION_FOREIGN,
                        VerificationCode.VERSION_MISSING,
                        VerificationCode.COMMIT_UNREADABLE,
                        VerificationCode.VERSION_FOREIGN,
                        VerificationCode.VERSION_UNRECORDED);
        assertThat(result.counts().commits()).isEqualTo(2);
        assertThat(result.counts().expired()).isEqualTo(2);
        assertThat(result.steps().get(4)).startsWith("FAIL  lake");
    }

    @Test
    void allowsOneBatchInFlightAndNoMore() throws IOException {
        write(0, 1);
        for (int i = 0; i < 2; i++) {
            lake.commit(Receipts.TABLE, i, batch(i));
            lake.commit("_deadletters", i, batch(i));
        }
        assertThat(verifyAll().findings()).isEmpty();
        lake.commit(Receipts.TABLE, 2, new BatchId("g2", 0));
        assertThat(codes(verifyAll())).contains(VerificationCode.VERSION_UNRECORDED);
        Files.delete(lake.file(Receipts.TABLE, 2));
        lake.commit(Receipts.TABLE, 2, batch(2));
        assertThat(codes(verifyAll())).containsExactly(VerificationCode.VERSION_UNRECORDED);
    }

    @Test
    void explainsTheCommitsOfAnAbandonedBatch() throws IOException {
        write(0, 1);
        lake.commit(Receipts.TABLE, 0, batch(0));
        lake.commit("_deadletters", 0, batch(0));
        lake.commit(Receipts.TABLE, 1, batch(1));
        try (Ledger ledger = Ledger.open(folder, key)) {
            ledger.append(new BatchAbandoned(Instant.EPOCH, batch(1), "ab", "topic-gone"));
            ledger.record(range("g1", 2, 10, 20));
        }
        lake.commit(Receipts.TABLE, 2, batch(2));
        lake.maintenance("_deadletters", 1);
        lake.commit("_deadletters", 2, batch(2));

        assertThat(verifyAll().findings()).isEmpty();
    }

    /** A topic that was made again has offsets of its own, so it neither repeats nor continues the earlier one. */
    @Test
    void followsATopicThatWasMadeAgainByItself() {
        SourcePartition again = new SourcePartition(Receipts.TOPIC, "another", 0);
        try (Ledger ledger = Ledger.open(folder, key)) {
            ledger.record(Receipts.batch(0));
            ledger.record(Receipts.of(batch(1), List.of(new SourceRange(again, 0, 10)), List.of()));
        }
        assertThat(verify().findings()).isEmpty();
    }

    private void write(int from, int to) {
        try (Ledger ledger = Ledger.open(folder, key)) {
            for (int i = from; i < to; i++) {
                ledger.record(Receipts.batch(i));
            }
        }
    }

    private static Receipt range(String generation, long number, long from, long until) {
        return Receipts.of(
                new BatchId(generation, number),
                List.of(new SourceRange(Receipts.source(Receipts.TOPIC), from, until)),
                List.of(new TableCommit(Receipts.TOPIC, Receipts.TABLE, number, Counts.NONE, List.of())));
    }

    private static BatchId batch(long number) {
        return new BatchId("g1", number);
    }

    private Verification verify() {
        return verify(List.of(key.verifier()), List.of());
    }

    private Verification verify(List<NoteVerifier> keys, List<byte[]> heads) {
        return LedgerVerifier.verify(new Evidence(folder, keys, heads, Optional.empty()));
    }

    private Verification verifyAll() throws IOException {
        return LedgerVerifier.verify(new Evidence(
                folder, List.of(key.verifier()), List.of(Files.readAllBytes(key.head())), Optional.of(lake.root())));
    }

    private static List<VerificationCode> codes(Verification result) {
        return result.findings().stream().map(LedgerVerifierTest::code).toList();
    }

    private static VerificationCode code(Finding finding) {
        return Stream.of(VerificationCode.values())
                .filter(code -> code.text().equals(finding.code()))
                .findFirst()
                .orElseThrow();
    }
}
