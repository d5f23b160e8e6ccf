package dev.sluice.audit.verify;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.TableCommit;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares the recorded batches with the commit files ({@code _delta_log/<version>.json}, Delta protocol) below a local
 * lake, in both directions. Reads the batch that a commit names and nothing else: neither data files nor the actions of
 * a commit, and a commit that names no batch is passed over. Needs neither Spark nor a Delta library. Not thread-safe;
 * one object serves one run.
 */
final class LakeCheck {
    private static final Pattern COMMIT = Pattern.compile("[0-9]{20}\\.json");
    private static final int DEEPEST_TABLE = 3;

    private final Path lake;
    private final BatchSequence recorded;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, NavigableSet<Long>> versions = new TreeMap<>();
    private final CommitWriters writers;
    private final Set<BatchId> unrecorded = new HashSet<>();
    private long commits;
    private long expired;

    LakeCheck(Path lake, BatchSequence recorded) {
        this.lake = lake;
        this.recorded = recorded;
        this.writers = new CommitWriters(lake);
    }

    /** Returns the findings of the run. */
    List<Finding> findings() {
        return findings;
    }

    /** Returns how many recorded table versions name the recorded batch. */
    long commits() {
        return commits;
    }

    /** Returns how many recorded table versions have no commit file any more. */
    long expired() {
        return expired;
    }

    /** Compares ledger and lake; a folder that cannot be read is a finding. */
    void run() {
        try {
            findTables(lake, DEEPEST_TABLE);
        } catch (IOException failed) {
            findings.add(VerificationCode.COMMIT_UNREADABLE.at("lake " + lake, "The folder cannot be read."));
            return;
        }
        recorded.batches().values().forEach(this::recordedExists);
        versions.forEach((path, all) -> all.forEach(version -> existingIsRecorded(path, version)));
    }

    /** Finds tables. Does not enter the folders of a table, because writers add and delete files there. */
    private void findTables(Path folder, int deeper) throws IOException {
        Path log = folder.resolve("_delta_log");
        if (Files.isDirectory(log)) {
            String path = lake.relativize(folder).toString();
            versions.put(path.replace(lake.getFileSystem().getSeparator(), "/"), versions(log));
        } else if (deeper > 0 && Files.isDirectory(folder)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
                for (Path child : children) {
                    findTables(child, deeper - 1);
                }
            }
        }
    }

    private static NavigableSet<Long> versions(Path log) throws IOException {
        NavigableSet<Long> found = new TreeSet<>();
        try (Stream<Path> files = Files.list(log)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> COMMIT.matcher(name).matches())
                    .forEach(name -> found.add(Long.parseLong(name.substring(0, 20))));
        }
        return found;
    }

    private void recordedExists(Receipt receipt) {
        for (TableCommit table : receipt.tables()) {
            recordedExists(receipt.batch(), table.path(), table.version());
        }
        Receipt.DeadLetterCommit letters = receipt.deadLetters();
        if (letters != null) {
            recordedExists(receipt.batch(), letters.path(), letters.version());
        }
    }

    private void recordedExists(BatchId batch, String path, long version) {
        NavigableSet<Long> kept = versions.getOrDefault(path, new TreeSet<>());
        String where = path + " version " + version;
        if (kept.contains(version)) {
            Optional<BatchId> writer = writer(path, version);
            if (writer.isPresent() && writer.get().equals(batch)) {
                commits++;
            } else {
                findings.add(VerificationCode.VERSION_FOREIGN.at(
                        where,
                        "The ledger says that batch " + batch.text() + " wrote this version; the commit does not."));
            }
        } else if (!kept.isEmpty() && version < kept.first()) {
            expired++;
            findings.add(VerificationCode.VERSION_EXPIRED.at(
                    where, "The table no longer keeps the commit file of this version."));
        } else {
            findings.add(VerificationCode.VERSION_MISSING.at(
                    where,
                    "The ledger says that batch " + batch.text() + " wrote this version, which does not exist."));
        }
    }

    /** Reports versions of unrecorded batches, except those of the one batch that a gateway may be writing now. */
    private void existingIsRecorded(String path, long version) {
        Optional<BatchId> writer = writer(path, version);
        if (writer.isEmpty() || recorded.explains(writer.get())) {
            return;
        }
        unrecorded.add(writer.get());
        if (unrecorded.size() > 1 || !recorded.mayBeInFlight(writer.get())) {
            findings.add(VerificationCode.VERSION_UNRECORDED.at(
                    path + " version " + version,
                    "The commit names batch " + writer.get().text() + ", which the ledger does not hold."));
        }
    }

    /** Returns the batch that a commit names; empty when the commit names none or cannot be read. */
    private Optional<BatchId> writer(String path, long version) {
        try {
            return writers.of(path, version);
        } catch (IOException unreadable) {
            findings.add(VerificationCode.COMMIT_UNREADABLE.at(
                    path + " version " + version, "The commit file cannot be read."));
            return Optional.empty();
        }
    }
}
