package dev.sluice.audit.verify;

import dev.sluice.audit.LedgerException;
import dev.sluice.audit.event.EventCodec;
import dev.sluice.audit.tile.Checkpoint;
import dev.sluice.audit.tile.NoteVerifier;
import dev.sluice.audit.tile.TileReader;
import dev.sluice.audit.tile.TreeCheck;
import dev.sluice.cdc.finding.Counted;
import dev.sluice.cdc.finding.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Checks a ledger from its files and the verifier key, and compares it with the tables where there is a lake. Faults
 * are findings, never exceptions. Writes nothing. Not thread-safe; one object serves one run.
 *
 * <h2>Security contract</h2>
 *
 * <p>The caller must get the verifier key and the kept heads from a place that the writer of the ledger cannot change.
 * A result without a fault then proves:
 *
 * <ul>
 *   <li>The holder of the signing key signed the checkpoint, and the entries and tiles give its root: no entry under
 *       the checkpoint was changed, added, removed or moved after signing.
 *   <li>The ledger contains every kept head: no leaf under a kept head was rewritten, and the ledger was not rolled
 *       back behind a kept head.
 *   <li>The numbers of the recorded batches have no gap in a generation, the offsets of a partition have no gap between
 *       batches, each batch accounts for every record that it read, and each plan was activated before a batch used it.
 *   <li>With a lake: each table version that a batch recorded has a commit file that names the batch, or is older than
 *       the oldest commit file of its table; no commit names an unrecorded batch, except one batch in flight.
 * </ul>
 *
 * <p>A result without a fault does not prove:
 *
 * <ul>
 *   <li><b>That the data is unchanged.</b> The ledger holds no hash of a commit or of a data file. Changed or deleted
 *       Parquet files, changed lines of a commit file and changed Delta checkpoints stay unnoticed.
 *   <li><b>That nothing else wrote the tables.</b> A commit that names no batch, and a further commit that names a
 *       recorded batch, stay unnoticed. Deletions of an erasure are recorded, but not compared with the tables.
 *   <li><b>That the key and the heads are the right ones.</b> {@code ledger.pub} and {@code ledger.head} lie in the
 *       folder of the gateway, and every process with write access there can replace or delete them. Without a kept
 *       head, a ledger that was cut back to any earlier signed checkpoint passes.
 *   <li><b>That the recorded events are true.</b> The holder of the signing key can record anything, and can sign a
 *       second history that only a head kept elsewhere reveals. The times of the events are those of the gateway's
 *       clock.
 *   <li><b>That the source lost nothing.</b> A ledger may begin at any offset, and a partition that no batch names is
 *       not looked for. A batch that read fewer records than its ranges have offsets is a note (AUD-120): transaction
 *       markers and compaction look the same as a loss in the broker.
 *   <li><b>Anything about other stores:</b> raw topics, the policy folder, the control database, the keys and the
 *       {@code _latent} tables.
 * </ul>
 *
 * <p>A run beside a gateway is safe for both. It reads the checkpoint before it lists the tables, so it may report
 * versions that the gateway committed in between as unrecorded (AUD-123); verify again while the gateway is stopped.
 */
public final class LedgerVerifier {
    private static final String KEPT_HEAD = "kept head";
    private static final int PUBLISHING_TRIES = 20;
    private static final Duration PUBLISHING_PAUSE = Duration.ofMillis(50);

    private final Evidence evidence;
    private final List<String> steps = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final BatchSequence batches = new BatchSequence();
    private long headsMet;

    private LedgerVerifier(Evidence evidence) {
        this.evidence = evidence;
    }

    /**
     * Names what is verified, and what the verification trusts.
     *
     * @param folder the folder of the ledger
     * @param keys trusted verifier keys; the origin of the ledger must be the name of one of them
     * @param heads signed checkpoints that were kept elsewhere, by the gateway beside its key ({@code ledger.head}), by
     *     a witness or by an auditor; the ledger must contain all of them
     * @param lake root of the lake; empty for a verification without tables
     */
    public record Evidence(Path folder, List<NoteVerifier> keys, List<byte[]> heads, Optional<Path> lake) {
        public Evidence {
            keys = List.copyOf(keys);
            heads = List.copyOf(heads);
        }
    }

    /** Runs all steps. Throws nothing for a damaged ledger; the result holds the faults. */
    public static Verification verify(Evidence evidence) {
        return new LedgerVerifier(evidence).run();
    }

    private Verification run() {
        List<Checkpoint> heads = heads();
        Optional<TileReader> log = checkpoint(heads);
        if (log.isEmpty()) {
            return new Verification(0, "", steps, findings, new Verification.Coverage(0, 0, headsMet, 0, 0));
        }
        Optional<TreeCheck.TreeResult> tree = tree(log.get(), heads);
        tree.ifPresent(result -> heads.forEach(head -> contains(log.get().head(), result, head)));
        step(
                "kept heads",
                headsMet + " of " + evidence.heads().size() + " contained",
                VerificationCode.HEAD,
                VerificationCode.ROLLED_BACK,
                VerificationCode.FORKED);
        sequence();
        Optional<LakeCheck> lake = lake();
        return new Verification(
                log.get().head().size(),
                tree.map(result -> result.root().hex()).orElse(""),
                steps,
                findings,
                new Verification.Coverage(
                        batches.batches().size(),
                        records(),
                        headsMet,
                        lake.map(LakeCheck::commits).orElse(0L),
                        lake.map(LakeCheck::expired).orElse(0L)));
    }

    private List<Checkpoint> heads() {
        List<Checkpoint> heads = new ArrayList<>();
        for (byte[] note : evidence.heads()) {
            try {
                heads.add(TileReader.checkpoint(KEPT_HEAD, note, evidence.keys()));
            } catch (LedgerException invalid) {
                findings.add(VerificationCode.HEAD.at(KEPT_HEAD, invalid.getMessage()));
            }
        }
        return heads;
    }

    private Optional<TileReader> checkpoint(List<Checkpoint> heads) {
        try {
            TileReader log = TileReader.open(evidence.folder(), evidence.keys());
            long signed = heads.stream().mapToLong(Checkpoint::size).max().orElse(0);
            // A gateway writes the last signed head shortly before it publishes the checkpoint.
            for (int i = 0; i < PUBLISHING_TRIES && log.head().size() < signed; i++) {
                LockSupport.parkNanos(PUBLISHING_PAUSE.toNanos());
                log = TileReader.open(evidence.folder(), evidence.keys());
            }
            steps.add("ok    checkpoint signed by " + log.head().origin());
            return Optional.of(log);
        } catch (LedgerException invalid) {
            findings.add(VerificationCode.CHECKPOINT.at(TileReader.CHECKPOINT, invalid.getMessage()));
            steps.add("FAIL  checkpoint");
            return Optional.empty();
        }
    }

    private Optional<TreeCheck.TreeResult> tree(TileReader log, List<Checkpoint> heads) {
        try {
            TreeCheck.TreeResult result = TreeCheck.run(
                    log, this::event, heads.stream().map(Checkpoint::size).toList());
            result.faults().forEach(fault -> findings.add(VerificationCode.FILE.at(fault.path(), fault.what())));
            result.ahead()
                    .forEach(path -> findings.add(VerificationCode.AHEAD.at(
                            path, "The file goes beyond the checkpoint. A gateway is writing, or was killed.")));
            step("tree", result.size() + " leaves, root " + result.root().hex(), VerificationCode.FILE);
            return Optional.of(result);
        } catch (LedgerException unreadable) {
            findings.add(VerificationCode.UNREADABLE_FILE.at("tile", unreadable.getMessage()));
            step("tree", "not read", VerificationCode.UNREADABLE_FILE);
            return Optional.empty();
        }
    }

    private void event(long leaf, byte[] entry) {
        try {
            batches.follow(leaf, EventCodec.read(leaf, entry));
        } catch (LedgerException unreadable) {
            VerificationCode code = unreadable.code().equals("AUD-015")
                    ? VerificationCode.UNACCOUNTED
                    : VerificationCode.UNREADABLE_EVENT;
            findings.add(code.at("leaf " + leaf, unreadable.getMessage()));
        }
    }

    private void contains(Checkpoint published, TreeCheck.TreeResult tree, Checkpoint head) {
        if (!head.origin().equals(published.origin())) {
            findings.add(VerificationCode.HEAD.at(KEPT_HEAD, "The head is of another ledger."));
        } else if (head.size() > published.size()) {
            findings.add(VerificationCode.ROLLED_BACK.at(
                    TileReader.CHECKPOINT,
                    "The checkpoint has " + published.size() + " leaves, but the key signed a head of " + head.size()
                            + " leaves."));
        } else if (!head.root().equals(tree.roots().get(head.size()))) {
            findings.add(VerificationCode.FORKED.at(
                    KEPT_HEAD, "The first " + head.size() + " leaves are not those that the head covers."));
        } else {
            headsMet++;
        }
    }

    private void sequence() {
        findings.addAll(batches.findings());
        step(
                "batches",
                batches.batches().size() + " batches account for " + records() + " records",
                VerificationCode.UNREADABLE_EVENT,
                VerificationCode.UNACCOUNTED,
                VerificationCode.BATCH_GAP,
                VerificationCode.BATCH_REPEATED,
                VerificationCode.OFFSET_GAP,
                VerificationCode.OFFSET_OVERLAP,
                VerificationCode.PART_MISSING,
                VerificationCode.PLAN_UNKNOWN);
    }

    private Optional<LakeCheck> lake() {
        return evidence.lake().map(root -> {
            LakeCheck check = new LakeCheck(root, batches);
            check.run();
            findings.addAll(check.findings());
            step(
                    "lake",
                    check.commits() + " versions as recorded, " + check.expired() + " expired",
                    VerificationCode.VERSION_MISSING,
                    VerificationCode.VERSION_FOREIGN,
                    VerificationCode.VERSION_UNRECORDED,
                    VerificationCode.COMMIT_UNREADABLE);
            return check;
        });
    }

    private long records() {
        return batches.batches().values().stream()
                .mapToLong(receipt -> receipt.counts().in())
                .sum();
    }

    private void step(String name, String message, VerificationCode... faults) {
        List<String> codes = Stream.of(faults).map(VerificationCode::text).toList();
        long failed = findings.stream()
                .filter(finding -> codes.contains(finding.code()))
                .count();
        steps.add((failed == 0 ? "ok    " : "FAIL  ") + name + ": " + message
                + (failed == 0 ? "" : ", " + Counted.of(failed, "fault")));
    }
}
