package dev.sluice.deploy.ask;

import dev.sluice.audit.ledger.LedgerReader;
import dev.sluice.audit.lineage.Lineage;
import dev.sluice.audit.lineage.LineageRecord;
import dev.sluice.audit.lineage.RowProvenance;
import dev.sluice.audit.verify.Verification;
import dev.sluice.cdc.capture.server.SlotSpaceFile;
import dev.sluice.deploy.NearestWord;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.deploy.letter.Letter;
import dev.sluice.deploy.letter.Letters;
import dev.sluice.deploy.lifecycle.StateFile;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.planner.Holds;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.masking.control.ErasureCases;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.sinks.query.GovernedTables;
import dev.sluice.sinks.query.TableState;
import dev.sluice.sinks.query.VersionView;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about one home. Reads only: no folder is made, no file is written, no master key is opened. May run
 * beside a gateway; every answer shows what the gateway had committed when the question came.
 */
public final class Answers {

    private final Home home;

    /** Answers about that home. */
    public Answers(Home home) {
        this.home = home;
    }

    /**
     * The tables of the home. Made for a question that reads tables only: its settings are a part of Hadoop that
     * another question need not load. Hadoop's defaults, a large XML file, stay out.
     */
    private GovernedTables lake() {
        Configuration settings = new Configuration(false);
        settings.set("fs.file.impl", "org.apache.hadoop.fs.LocalFileSystem");
        return new GovernedTables(home.lake().toString(), settings);
    }

    /** What flows, what stopped, and why. */
    public Status status() {
        long open = erasures().stream()
                .filter(view -> view.state() != ErasureCase.State.DONE)
                .count();
        return status(ledger().orElse(null), open);
    }

    private Status status(Status.@Nullable LedgerTotals ledger, long open) {
        Optional<StateFile.KeptState> state = new StateFile(home.state()).read();
        boolean running = HomeLock.isTaken(home);
        boolean letters = running && ledger != null && ledger.totals().counts().deadLettered() > 0;
        return new Status(
                running,
                state.map(StateFile.KeptState::state).orElse(null),
                state.flatMap(StateFile.KeptState::lastFailure).orElse(null),
                ledger,
                new Status.Datasets(held(), StaleTable.of(home)),
                SlotSpaceFile.in(Pipeline.captureState(home)).read().orElse(null),
                open,
                letters && letters().all().stream().anyMatch(Letter::isOpen));
    }

    /** What capture does with each table of the source. */
    public CaptureStatus capture() {
        return CaptureStatus.of(home);
    }

    /** All governed tables, by name. */
    public List<TableLine> tables() {
        Status status = status(null, 0);
        return lake().tables().stream()
                .map(table -> TableLine.of(table, status))
                .toList();
    }

    /**
     * The one table of that name.
     *
     * @param name table name, dataset, or path below the lake
     * @throws dev.sluice.deploy.DeployException {@code DEP-450} or {@code DEP-451} when there is none or more than one
     */
    public TableState table(String name) {
        return lake().table(path(name)).orElseThrow(() -> AskErrors.noTable(name, "", lake().names()));
    }

    /**
     * The versions of a key, oldest first; empty when the table has no row with that key.
     *
     * @param table table name, dataset, or path below the lake
     * @param key canonical text of the key as the table holds it
     * @param asOf only the version that held at that moment, null for all
     */
    public List<VersionView> history(String table, String key, @Nullable Instant asOf) {
        return lake().history(path(table), key, asOf);
    }

    /** Current rows of a table as treated, at most so many, in no order. */
    public List<VersionView> rows(String table, int most) {
        return lake().currentRows(path(table), most);
    }

    /**
     * The way of a row's newest version, from the source to the ledger leaf.
     *
     * @param version the newest version of the row
     * @param columns one record for each column of the plan
     */
    public record RowLineage(VersionView version, List<LineageRecord> columns) {
        public RowLineage {
            columns = List.copyOf(columns);
        }
    }

    /**
     * The lineage of the newest version of a row.
     *
     * @param column only that column, null for all
     * @throws dev.sluice.deploy.DeployException {@code DEP-452} when the table has no row with that key, {@code
     *     DEP-456} when the source has no such column
     */
    public RowLineage lineage(String table, String key, @Nullable String column) {
        List<VersionView> versions = history(table, key, null);
        if (versions.isEmpty()) {
            throw AskErrors.noRow(path(table));
        }
        VersionView newest = versions.get(versions.size() - 1);
        Lineage lineage = new Lineage(new HomeLedger(home).read());
        RowProvenance origin = RowOrigin.of(newest);
        List<LineageRecord> columns = lineage.row(origin);
        if (column == null) {
            return new RowLineage(newest, columns);
        }
        List<LineageRecord> named = columns.stream()
                .filter(one -> one.rule().field().equals(column))
                .toList();
        if (named.isEmpty()) {
            throw AskErrors.noColumn(
                    path(table),
                    column,
                    columns.stream().map(one -> one.rule().field()).toList());
        }
        return new RowLineage(newest, named);
    }

    /** The dead letters and what became of them. */
    public Letters letters() {
        return Letters.of(home, lake());
    }

    /**
     * The dead letter with that id.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-453} when there is none
     */
    public Letter letter(String id) {
        return letters().chosen(new Letters.Choice(List.of(id), "", "")).get(0);
    }

    /** All erasure cases, oldest first. */
    public List<ErasureView> erasures() {
        return control(control ->
                        cases(control).all().stream().map(ErasureView::of).toList())
                .orElse(List.of());
    }

    /**
     * The erasure case of that id.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-454} when there is none
     */
    public ErasureView erasure(String id) {
        return control(control -> cases(control).find(id).map(ErasureView::of))
                .flatMap(found -> found)
                .orElseThrow(() -> AskErrors.noCase(id));
    }

    /** Recomputes the whole ledger and compares it with the tables. */
    public Verification verification() {
        return new HomeLedger(home).verify();
    }

    private Optional<Status.LedgerTotals> ledger() {
        HomeLedger ledger = new HomeLedger(home);
        if (!ledger.exists()) {
            return Optional.empty();
        }
        LedgerReader reader = ledger.read();
        return Optional.of(new Status.LedgerTotals(Totals.of(reader), reader.size(), reader.rootHex()));
    }

    private List<Holds.Hold> held() {
        return control(control -> Holds.kept(new GatewayState(control))).orElse(List.of());
    }

    private static ErasureCases cases(ControlDatabase control) {
        return new ErasureCases(control, Clock.systemUTC());
    }

    private <T> Optional<T> control(Function<ControlDatabase, T> question) {
        if (!Files.exists(home.controlDb())) {
            return Optional.empty();
        }
        try (ControlDatabase control = ControlDatabase.openReadOnly(home.controlDb())) {
            return Optional.of(question.apply(control));
        }
    }

    private String path(String name) {
        List<String> all = lake().names();
        List<String> found = all.stream()
                .filter(path -> path.equals(name) || path.endsWith("/" + name) || path.endsWith("." + name))
                .toList();
        if (found.isEmpty()) {
            List<String> shortNames =
                    all.stream().map(path -> path.replaceFirst("^.*[./]", "")).toList();
            throw AskErrors.noTable(name, NearestWord.to(name, shortNames).orElse(""), all);
        }
        if (found.size() > 1) {
            throw AskErrors.severalTables(name, found);
        }
        return found.get(0);
    }
}
