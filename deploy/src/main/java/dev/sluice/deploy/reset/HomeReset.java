package dev.sluice.deploy.reset;

import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.capture.epoch.TableSnapshot;
import dev.sluice.cdc.capture.run.OwnSlot;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeErrors;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.deploy.pipeline.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deletes the state of a home, so that the next start begins anew, and gives the source its replication slot back. The
 * pipeline file and the policy folder stay. The ledger with its public key and head is moved beside the home, unless it
 * is to be deleted as well.
 */
public final class HomeReset {

    private static final List<String> STATE = List.of(
            "lake", "kafka", "registry", "postgres", "work", "logs", "control.db", "control.db-wal", "control.db-shm");
    private static final List<String> EVIDENCE = List.of("ledger", "keys/ledger.pub", "keys/ledger.head");
    private static final List<String> MARKS = List.of("keys", "state.json", "owner", "format");

    private final Home home;
    private final Optional<Pipeline.Database> database;
    private final boolean keepEvidence;

    /**
     * A reset that has not happened.
     *
     * @param database the source whose slot is dropped, empty when the home has captured none
     * @param keepEvidence whether the ledger is moved beside the home instead of being deleted
     */
    public HomeReset(Home home, Optional<Pipeline.Database> database, boolean keepEvidence) {
        this.home = home;
        this.database = database;
        this.keepEvidence = keepEvidence;
    }

    /** What the reset would touch; nothing is changed. */
    public List<Affected> preview() {
        List<Affected> affected = new ArrayList<>();
        Stream.concat(STATE.stream(), MARKS.stream())
                .map(home.root()::resolve)
                .filter(Files::exists)
                .forEach(path -> affected.add(new Affected("delete", path.toString(), bytes(path))));
        EVIDENCE.stream()
                .map(home.root()::resolve)
                .filter(Files::exists)
                .forEach(path ->
                        affected.add(new Affected(keepEvidence ? "move" : "delete", path.toString(), bytes(path))));
        database.ifPresent(
                source -> affected.add(new Affected("drop", slot(source).place(), 0)));
        part().ifPresent(one -> affected.add(new Affected("drop", one.place(), 0)));
        left().forEach(slot -> affected.add(new Affected("leave", "replication slot " + slot + " at the source", 0)));
        return affected;
    }

    /**
     * Resets the home and answers what was done, a sentence for each act.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-110} when a process holds the home
     */
    public List<String> apply() {
        List<String> done = new ArrayList<>();
        try (HomeLock lock = HomeLock.acquire(home)) {
            database.ifPresent(source -> done.add(slot(source).tryDrop()));
            part().ifPresent(one -> done.add(one.tryDrop()));
            left().forEach(slot -> done.add(stays(slot)));
            if (keepEvidence) {
                done.add(moveEvidence());
            }
            for (String name : EVIDENCE) {
                delete(lock.home().root().resolve(name));
            }
            for (String name : STATE) {
                delete(home.root().resolve(name));
            }
            for (String name : MARKS) {
                delete(home.root().resolve(name));
            }
        } catch (IOException e) {
            throw HomeErrors.folder(home.root(), e);
        }
        removeScratch();
        done.add("The state of the home " + home.root() + " is deleted; pipeline file and policy folder stay.");
        return done;
    }

    /** The slots that the captures of the home made, when nothing says where the source is. */
    private List<String> left() {
        Path capture = Pipeline.captureState(home);
        return database.isPresent()
                ? List.of()
                : Stream.of(capture, TableSnapshot.folder(capture))
                        .flatMap(folder -> StateFolder.known(folder).stream())
                        .map(state -> state.slot().name())
                        .toList();
    }

    private static String stays(String slot) {
        return "The replication slot " + slot + " stays at the source, because no pipeline file says where the source"
                + " is. A slot that nobody reads holds the log of the source for ever. Run at the source: "
                + OwnSlot.statement(slot);
    }

    private SourceSlot slot(Pipeline.Database source) {
        return new SourceSlot(source, StateFolder.known(Pipeline.captureState(home)));
    }

    private Optional<SourceSlot> part() {
        return database.flatMap(source -> SourceSlot.ofPart(source, Pipeline.captureState(home)));
    }

    private String moveEvidence() throws IOException {
        Path beside = home.root()
                .resolveSibling(home.root().getFileName() + "-evidence-"
                        + Instant.now().toString().replaceAll("[:.]", "-"));
        for (String name : EVIDENCE) {
            Path from = home.root().resolve(name);
            if (Files.exists(from)) {
                Files.createDirectories(beside);
                Files.move(from, beside.resolve(from.getFileName()));
            }
        }
        return Files.exists(beside)
                ? "The ledger, its public key and its head are kept in " + beside + "."
                : "There was no ledger to keep.";
    }

    private void removeScratch() {
        try {
            Home.removeTree(home.work());
            Files.deleteIfExists(home.root().resolve(".lock"));
        } catch (IOException e) {
            throw HomeErrors.folder(home.work(), e);
        }
    }

    private static void delete(Path path) throws IOException {
        Home.removeTree(path);
        Files.deleteIfExists(path);
    }

    static long bytes(Path path) {
        try (Stream<Path> tree = Files.walk(path)) {
            return tree.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException changedMeanwhile) {
            return 0;
        }
    }
}
