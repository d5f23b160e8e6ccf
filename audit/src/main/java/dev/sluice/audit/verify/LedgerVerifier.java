package dev.sluice.audit.verify;

import dev.sluice.audit.LedgerException;
import dev.sluice.audit.event.EventCodec;
import dev.sluice.audit.tile.Checkpoint;
import dev.sluice.audit.tile.NoteVerifier;
import dev.sluice.audit.tile.TileReader;
import dev.sluice.audit.tile.TreeCheck;
import dev.sluice.cdc.finding.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Checks a ledger with nothing but its files and the verifier key: signature and origin of the checkpoint, every file
 * and hash of the tree, earlier heads that somebody kept, the sequence of batches, and, where there is a lake, the
 * recorded table versions. Faults are findings, never exceptions. Writes nothing and may run beside a gateway. Not
 * thread-safe; one object for one run.
 */
public final class LedgerVerifier {
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
     * What is verified, and what is believed.
     *
     * @param folder the ledger's folder
     * @param keys verifier keys; the origin must be the name of one
     * @param heads signed checkpoints that were kept elsewhere: the gateway's last signed head ({@code ledger.head}
     *     beside the key), a witness's, an auditor's own; the ledger must contain them all
     * @param lake root of the lake, empty for a check without tables
     */
    public record Evidence(Path folder, List<NoteVerifier> keys, List<byte[]> heads, Optional<Path> lake) {
        public Evidence {
            keys = List.copyOf(keys);
            heads = List.copyOf(heads);
        }
    }

    /** Runs all steps. */
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
                "earlier signed heads",
                headsMet + " of " + evidence.heads().size() + " contained",
                VerificationCode.HEAD,
                VerificationCode.ROLLED_BACK,
                VerificationCode.FORKED);
        sequence();
        LakeCheck lake = lake();
        return new Verification(
                log.get().head().size(),
                tree.map(result -> result.root().hex()).orElse(""),
                steps,
                findings,
                new Verification.Coverage(
                        batches.batches().size(), records(), headsMet, lake.commits(), lake.expired()));
    }

    private List<Checkpoint> heads() {
        List<Checkpoint> heads = new ArrayList<>();
        for (byte[] note : evidence.heads()) {
            try {
                heads.add(TileReader.checkpoint("earlier head", note, evidence.keys()));
            } catch (LedgerException invalid) {
                findings.add(VerificationCode.HEAD.at("earlier head", invalid.getMessage()));
            }
        }
        return heads;
    }

    private Optional<TileReader> checkpoint(List<Checkpoint> heads) {
        try {
            TileReader log = TileReader.open(evidence.folder(), evidence.keys());
            long signed = heads.stream().mapToLong(Checkpoint::size).max().orElse(0);
            // A gateway remembers a head a moment before it publishes it.
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
            result.faults().forEach(problem -> findings.add(VerificationCode.FILE.at(problem.path(), problem.what())));
            result.ahead()
                    .forEach(path -> findings.add(VerificationCode.AHEAD.at(
                            path, "goes beyond the checkpoint; a gateway is writing or was killed")));
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
            findings.add(VerificationCode.HEAD.at("earlier head", "it is of another ledger"));
        } else if (head.size() > published.size()) {
            findings.add(VerificationCode.ROLLED_BACK.at(
                    TileReader.CHECKPOINT,
                    "it has " + published.size() + " leaves, but a head of " + head.size() + " leaves was signed"));
        } else if (!head.root().equals(tree.roots().get(head.size()))) {
            findings.add(VerificationCode.FORKED.at(
                    "earlier head", "the first " + head.size() + " leaves are not those that it signed"));
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

    private LakeCheck lake() {
        LakeCheck check = new LakeCheck(evidence.lake().orElse(evidence.folder()), batches);
        if (evidence.lake().isPresent()) {
            check.run();
            findings.addAll(check.findings());
            step(
                    "lake",
                    check.commits() + " versions as recorded, " + check.expired() + " expired",
                    VerificationCode.VERSION_MISSING,
                    VerificationCode.VERSION_FOREIGN,
                    VerificationCode.VERSION_UNRECORDED,
                    VerificationCode.COMMIT_UNREADABLE);
        }
        return check;
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
                + (failed == 0 ? "" : ", " + failed + " fault(s)"));
    }
}
