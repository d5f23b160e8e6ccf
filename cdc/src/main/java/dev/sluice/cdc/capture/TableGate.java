package dev.sluice.cdc.capture;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.CaptureState.HeldTable;
import dev.sluice.cdc.capture.CaptureState.Loss;
import dev.sluice.cdc.capture.CaptureState.TableIdentity;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.PublicationFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableFacts;
import dev.sluice.cdc.capture.postgres.TableForm;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.TableErrors;
import dev.sluice.cdc.capture.table.TableObstacle;
import dev.sluice.cdc.capture.table.TableSight;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges every table by itself: a faulty table is held, and the others are captured. A table of which a change may be
 * missing stays held until a new snapshot, also when its cause is gone.
 * Holds are in the state of capture, so they last over starts. When no table is left, capture ends instead. A hold is
 * then stored only when changes may be missing although nothing was confirmed since, so that any other cure of the last
 * table loses nothing.
 */
final class TableGate {
    private static final Logger LOG = LoggerFactory.getLogger(TableGate.class);

    private final CaptureConfig config;
    private final StateFolder folder;

    TableGate(CaptureConfig config, StateFolder folder) {
        this.config = config;
        this.folder = folder;
    }

    private record TableFault(CaptureException failure, Loss loss) {

        HeldTable hold(@Nullable HeldTable before, @Nullable String from) {
            return HeldTable.of(failure, loss, before, from);
        }
    }

    /** What a table is now, and what it was when capture saw it last, at that position. */
    private record Course(TableIdentity was, TableIdentity is, Lsn from) {}

    /**
     * The publication and its tables before a snapshot: every sound table is captured, every other one is held. Changes
     * nothing.
     *
     * @param published the publication; empty when tables that it lacks are to be published yet
     * @throws CaptureException the newest fault when no table is sound
     */
    CaptureState.Publication beforeSnapshot(SourceCatalog catalog, Optional<PublicationFacts> published)
            throws SQLException {
        Map<String, HeldTable> kept = heldBefore();
        TableSight sight = sight(catalog, published);
        Map<String, TableIdentity> tables = new TreeMap<>();
        Map<String, HeldTable> held = new TreeMap<>();
        for (TableName table : config.expanded(catalog).source().tables()) {
            String name = table.toString();
            HeldTable before = kept.get(name);
            if (before != null && before.loss() == Loss.UNTIL_SNAPSHOT) {
                held.put(name, before);
                continue;
            }
            Optional<TableFault> fault = fault(sight, table, null);
            fault.ifPresent(found -> held.put(name, found.hold(before, null)));
            if (fault.isEmpty()) {
                tables.put(name, identity(sight, table));
            }
        }
        long id = sight.published().map(PublicationFacts::id).orElse(0L);
        String revision = sight.published().map(PublicationFacts::revision).orElse("");
        return new CaptureState.Publication(config.replication().publication(), id, revision, tables, held, Map.of())
                .requireSome(kept);
    }

    /**
     * Holds every table that became faulty while capture goes on from a position, and releases a table of which nothing
     * is missing when its cause is gone.
     *
     * @throws CaptureException the cause of the newest hold when no table is captured any more
     */
    CaptureState whileStreaming(SourceCatalog catalog) throws SQLException {
        CaptureState state = folder.state().orElseThrow();
        CaptureState.Publication was = state.publication();
        Lsn from = folder.offsets().position().orElseThrow();
        TableSight sight = sight(catalog, published(catalog));
        Set<TableName> tables = new TreeSet<>(config.expanded(catalog).source().tables());
        was.tables().keySet().forEach(table -> tables.add(TableName.parse(table)));
        Map<String, HeldTable> held = new TreeMap<>();
        Map<String, TableIdentity> known = new TreeMap<>(was.tables());
        Map<String, String> stale = new TreeMap<>(was.stale());
        Set<String> gaps = new TreeSet<>();
        for (TableName table : tables) {
            TableIdentity is = identity(sight, table);
            Optional<HeldTable> hold = hold(sight, was, table, is, from);
            hold.ifPresent(found -> held.put(table.toString(), found));
            if (hold.filter(found -> found.loss() != Loss.NONE).isEmpty()) {
                TableIdentity before = known.put(table.toString(), is);
                if (before != null && is.form().hasOtherRowsThan(before.form())) {
                    stale.putIfAbsent(table.toString(), from.toString());
                }
            }
            if (hold.isPresent() && sight.leavesGap(table)) {
                gaps.add(table.toString());
            }
        }
        CaptureState.Publication now = was.with(known, held).withStale(stale);
        if (now.captured().isEmpty()) {
            stored(state.withPublication(was.withLasting(held, gaps)));
        }
        return stored(state.withPublication(now.requireSome(was.held())));
    }

    /**
     * Looks at every table while capture runs, and holds the faulty ones.
     *
     * @throws CaptureException the fault of a table whose changes have to be left out from now on, with the dataset;
     *     before the end of a snapshot {@code CDC-029} instead
     */
    void requireCaptured(SourceCatalog catalog) throws SQLException {
        CaptureState.Publication was = folder.state().orElseThrow().publication();
        boolean streaming = folder.offsets().position().isPresent();
        CaptureState.Publication now =
                streaming ? whileStreaming(catalog).publication() : beforeSnapshot(catalog, published(catalog));
        for (TableName table : was.captured()) {
            String name = table.toString();
            if (!streaming
                    && isChanged(table, was.tables().get(name), now.tables().get(name))) {
                throw CaptureErrors.rewritten(table);
            }
            HeldTable hold = now.held().get(name);
            if (hold != null && hold.loss() != Loss.NONE) {
                throw hold.failure().ofDataset(config.source().topic(table));
            }
        }
    }

    /**
     * Holds the table that a failure of a run is about, until a new snapshot.
     *
     * @return the failure, with its dataset when capture goes on without the table
     */
    CaptureException held(CaptureException failure) {
        Optional<TableName> table = config.source().tables().stream()
                .filter(name ->
                        failure.dataset().equals(Optional.of(config.source().topic(name))))
                .findFirst();
        if (table.isEmpty()) {
            return failure.ofSource();
        }
        CaptureState state = folder.state().orElseThrow();
        CaptureState.Publication was = state.publication();
        if (was.captured().contains(table.get())) {
            String from = folder.offsets().position().map(Lsn::toString).orElse(null);
            Map<String, HeldTable> held = new TreeMap<>(was.held());
            HeldTable before = held.get(table.get().toString());
            held.put(table.get().toString(), new TableFault(failure, Loss.UNTIL_SNAPSHOT).hold(before, from));
            stored(state.withPublication(was.with(was.tables(), held).requireSome(was.held())));
        }
        return failure;
    }

    /** Stores the state, and logs the tables that are held since. */
    CaptureState stored(CaptureState state) {
        Map<String, HeldTable> before = heldBefore();
        if (!folder.state().equals(Optional.of(state))) {
            folder.save(state);
        }
        state.publication().held().forEach((table, hold) -> {
            if (!hold.equals(before.get(table))) {
                LOG.atWarn()
                        .addKeyValue("table", table)
                        .addKeyValue("code", hold.code())
                        .addKeyValue("reason", hold.reason())
                        .log("A table is held.");
            }
        });
        return state;
    }

    private Map<String, HeldTable> heldBefore() {
        return folder.state().map(state -> state.publication().held()).orElse(Map.of());
    }

    private Optional<HeldTable> hold(
            TableSight sight, CaptureState.Publication was, TableName table, TableIdentity is, Lsn from)
            throws SQLException {
        HeldTable before = was.held().get(table.toString());
        if (before != null && before.loss() == Loss.UNTIL_SNAPSHOT) {
            return Optional.of(before);
        }
        Optional<Course> course = streamed(was, table, before).map(known -> new Course(known, is, from));
        String position = course.map(known -> from.toString()).orElse(null);
        boolean named = config.source().selection().names(table);
        // What is published of a table without a snapshot does not matter before a snapshot.
        TableSight its = was.tables().containsKey(table.toString()) ? sight : sight.unpublished();
        Optional<TableFault> fault = named ? fault(its, table, course.orElse(null)) : Optional.empty();
        if (named && course.isPresent() && fault.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(fault.map(found -> found.hold(before, position))
                .orElseGet(() -> needsSnapshot(table, before, position)));
    }

    /** The identity of a table of which capture has every change up to now; empty for any other table. */
    private static Optional<TableIdentity> streamed(
            CaptureState.Publication was, TableName table, @Nullable HeldTable before) {
        boolean whole = before == null || before.loss() == Loss.NONE;
        return Optional.ofNullable(was.tables().get(table.toString())).filter(known -> whole);
    }

    private static HeldTable needsSnapshot(TableName table, @Nullable HeldTable before, @Nullable String position) {
        String from = before == null || before.from() == null ? position : before.from();
        return new TableFault(TableErrors.needsSnapshot(table, from), Loss.UNTIL_SNAPSHOT).hold(before, position);
    }

    /** The fault of a table; with a course the table has its snapshot and is streamed. */
    private Optional<TableFault> fault(TableSight sight, TableName table, @Nullable Course course) throws SQLException {
        Optional<TableFacts> facts = sight.facts(table);
        if (facts.isEmpty()) {
            return Optional.of(new TableFault(TableErrors.tableMissing(table), Loss.WHILE_UNFIT));
        }
        Optional<TableName> rival = config.rivalOf(table);
        if (rival.isPresent() || !table.fitsTopic()) {
            CaptureException fault = rival.map(other -> TableErrors.topicTaken(table, other))
                    .orElseGet(() -> TableErrors.noTopic(table));
            return Optional.of(new TableFault(fault, Loss.WHILE_UNFIT));
        }
        List<TableObstacle> obstacles = sight.obstacles(table, facts.get());
        Optional<TableObstacle> losing =
                obstacles.stream().filter(obstacle -> !obstacle.isOfSnapshot()).findFirst();
        if (losing.isPresent()) {
            CaptureException refused = sight.refused(losing.get(), table, facts.get());
            return Optional.of(new TableFault(refused, Loss.WHILE_UNFIT));
        }
        Optional<TableFault> published = sight.published()
                .flatMap(publication -> new PublicationGate(config).narrow(publication, table, sight.log()))
                .map(narrow -> new TableFault(narrow, Loss.WHILE_UNFIT));
        if (published.isEmpty() && course != null) {
            published = changed(table, course);
        }
        return published.or(() -> obstacles.stream()
                .findFirst()
                .map(waiting -> sight.refused(waiting, table, facts.get()))
                .map(refused -> new TableFault(refused, course == null ? Loss.WHILE_UNFIT : Loss.NONE)));
    }

    private boolean isChanged(TableName table, @Nullable TableIdentity was, @Nullable TableIdentity is) {
        return was == null
                || is == null
                || changed(table, new Course(was, is, new Lsn(0))).isPresent();
    }

    private Optional<TableFault> changed(TableName table, Course course) {
        return course.is()
                .changedSince(course.was(), table, config.replication(), course.from())
                .map(change -> new TableFault(change, Loss.UNTIL_SNAPSHOT));
    }

    private static TableIdentity identity(TableSight sight, TableName table) throws SQLException {
        TableForm form = sight.catalog().form(table).orElseGet(TableForm::none);
        Optional<TableFacts> facts = sight.facts(table);
        List<String> named = sight.selection().key(table);
        return new TableIdentity(
                sight.membership(table),
                facts.map(known -> known.keyNumbers(named)).orElse(List.of()),
                facts.map(known -> known.toldKey(named)).orElse(List.of()),
                form);
    }

    private TableSight sight(SourceCatalog catalog, Optional<PublicationFacts> published) throws SQLException {
        return TableSight.of(
                catalog,
                published,
                config.replication().publication(),
                config.source().selection());
    }

    private Optional<PublicationFacts> published(SourceCatalog catalog) throws SQLException {
        return catalog.publication(config.replication().publication());
    }
}
