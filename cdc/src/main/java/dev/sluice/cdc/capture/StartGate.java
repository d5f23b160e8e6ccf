package dev.sluice.cdc.capture;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.PublicationFacts;
import dev.sluice.cdc.capture.postgres.ReplicationObjects;
import dev.sluice.cdc.capture.postgres.ServerFacts;
import dev.sluice.cdc.capture.postgres.SlotFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.postgres.TableForm;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.postgres.UnlabeledType;
import dev.sluice.cdc.capture.postgres.ValueColumns;
import dev.sluice.cdc.capture.server.PromotedServer;
import dev.sluice.cdc.capture.server.ServerLine;
import dev.sluice.cdc.capture.server.SnapshotRows;
import dev.sluice.cdc.capture.server.WrittenChanges;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides at every start of the engine whether the engine may continue at the stored position. The gate uses a position
 * only with the server, slot and publication that it belongs to, and refuses every start that could leave a gap; the
 * message names the two ends of the gap. A fault of one table holds that table ({@link TableGate}) and refuses no
 * start.
 *
 * <p>Without a stored position no snapshot is complete yet: the gate then drops the slot of the interrupted try, and
 * the snapshot begins again with a new slot, whose exported snapshot joins its stream without gap or overlap.
 */
final class StartGate {
    private final CaptureConfig config;
    private final StateFolder folder;
    private final PublicationGate publication;
    private final TableGate tables;
    private final Map<TableName, TableForm> forms = new TreeMap<>();

    StartGate(CaptureConfig config, StateFolder folder) {
        this.config = config;
        this.folder = folder;
        this.publication = new PublicationGate(config);
        this.tables = new TableGate(config, folder);
    }

    /** Lists the ways in which the engine starts. */
    enum Start {
        /** First snapshot; the raw topics must be empty. */
        FIRST,
        /** The snapshot before was interrupted; what it wrote to the raw topics is removed. */
        AGAIN,
        /** From the stored position. */
        RESUME
    }

    /** Which start this is. Checks everything that a resume needs of the source; keeps a new timeline of the server. */
    Start check() {
        return ask((catalog, connection) -> {
            Optional<CaptureState> state = folder.state();
            Optional<Lsn> position = folder.offsets().position();
            state.ifPresent(this::sameSettings);
            requireReadableTypes(connection, position.isPresent());
            Optional<SlotFacts> slot = catalog.slot(config.replication().slot());
            slot.ifPresent(this::usable);
            if (position.isEmpty()) {
                slot.ifPresent(found -> ours(found, state));
                tables.beforeSnapshot(catalog, Optional.empty());
                return state.isPresent() ? Start.AGAIN : Start.FIRST;
            }
            CaptureState known = state.orElseThrow(() -> CaptureErrors.stateFolder(
                    config.stateFolder().resolve(StateFolder.STATE), "it is gone, but the offsets are there", null));
            CaptureState.Server now = resumable(catalog, connection, known, position.get());
            if (!now.equals(known.server())) {
                folder.save(known.withServer(now));
            }
            return Start.RESUME;
        });
    }

    /**
     * Prepares a snapshot of the sound tables with a new slot: creates the publication or adds to it, drops the old
     * slot, stores the state with the tables that are held.
     */
    CaptureState prepareSnapshot() {
        return ask((catalog, connection) -> {
            ReplicationObjects objects = new ReplicationObjects(connection);
            String slot = config.replication().slot();
            if (catalog.slot(slot).isPresent()) {
                objects.dropSlot(slot);
            }
            String name = config.replication().publication();
            List<TableName> sound =
                    tables.beforeSnapshot(catalog, Optional.empty()).captured();
            Optional<PublicationFacts> there = catalog.publication(name);
            if (there.isEmpty()) {
                objects.createPublication(name, sound, catalog.generatedColumns(name));
            } else {
                objects.addTables(
                        name,
                        sound.stream()
                                .filter(table -> !there.get().covers(table))
                                .toList());
            }
            CaptureState.Publication published = tables.beforeSnapshot(catalog, Optional.of(publication.now(catalog)));
            for (TableName table : published.captured()) {
                catalog.form(table).ifPresent(form -> forms.put(table, form));
            }
            folder.forgetWritten();
            CaptureState.Server server = server(catalog.server());
            return tables.stored(folder.state()
                    .map(known -> known.withSnapshotAgain(server, published))
                    .orElseGet(() -> first(server, published)));
        });
    }

    /** Prepares to go on from the stored position: holds every table that became faulty since. */
    CaptureState prepareResume() {
        return ask((catalog, connection) -> tables.whileStreaming(catalog));
    }

    /** Refuses publication and tables while capture runs, as {@link TableGate#requireCaptured} says. */
    void requireCaptured(SourceCatalog catalog) throws SQLException {
        publication.now(catalog);
        tables.requireCaptured(catalog);
    }

    /** Holds the table that a failure of a run is about, as {@link TableGate#held} says. */
    CaptureException held(CaptureException failure) {
        return tables.held(failure);
    }

    /** Stores where the new slot begins, when it exists. */
    CaptureState slotCreated() {
        return ask((catalog, connection) -> {
            CaptureState state = folder.state().orElseThrow();
            if (state.slotSeen()) {
                return state;
            }
            SlotFacts slot = catalog.slot(config.replication().slot())
                    .orElseThrow(() -> CaptureErrors.engine("the slot it created is gone", null));
            CaptureState seen = state.withSlot(
                    slot.restart().orElseThrow(), slot.confirmed().orElseThrow());
            folder.save(seen);
            return seen;
        });
    }

    /** Stores that changes may be in the raw topics, before they are written. */
    void writing(WrittenChanges changes) {
        folder.writing(changes);
    }

    /**
     * Refuses the end of a snapshot during which a table was written anew: the snapshot saw that table empty.
     *
     * @throws CaptureException {@code CDC-029}; the snapshot begins again
     */
    void requireUnchangedForms() {
        if (forms.isEmpty()) {
            return;
        }
        ask((catalog, connection) -> {
            for (Map.Entry<TableName, TableForm> before : forms.entrySet()) {
                boolean rewritten = catalog.form(before.getKey())
                        .map(now -> now.isRewrittenSince(before.getValue()))
                        .orElse(false);
                if (rewritten) {
                    throw CaptureErrors.rewritten(before.getKey());
                }
            }
            forms.clear();
            return true;
        });
    }

    /** The columns of these tables, by table, that the engine has to leave out or read in a way of their own. */
    Map<TableName, ValueColumns> valueColumns(List<TableName> captured) {
        String publication = config.replication().publication();
        return ask((catalog, connection) -> catalog.valueColumns(
                captured, publication, config.source().selection().keys()));
    }

    /** How many rows of these tables the snapshot fetches at once, when one is to come. */
    int fetchedAtOnce(List<TableName> captured) {
        return folder.offsets().position().isPresent()
                ? SnapshotRows.MOST
                : ask((catalog, connection) -> SnapshotRows.fetchedAtOnce(connection, captured));
    }

    private CaptureState first(CaptureState.Server server, CaptureState.Publication published) {
        CaptureState.Slot slot = new CaptureState.Slot(config.replication().slot(), null, null);
        return new CaptureState(
                CaptureState.VERSION,
                config.source().name(),
                server,
                slot,
                published,
                1,
                null,
                folder.newPlaceholder());
    }

    private static void requireReadableTypes(Connection connection, boolean waits) throws SQLException {
        Optional<UnlabeledType> first = UnlabeledType.all(connection).stream().findFirst();
        if (first.isPresent()) {
            throw CaptureErrors.unlabeledType(first.get(), waits);
        }
    }

    private void sameSettings(CaptureState state) {
        same("name", state.source(), config.source().name());
        CaptureConfig.Replication names = config.replication();
        same("source.slot", state.slot().name(), names.slot());
        same("source.publication", state.publication().name(), names.publication());
    }

    private void same(String what, String was, String is) {
        if (!was.equals(is)) {
            throw CaptureErrors.otherSettings(config.stateFolder(), what, was, is);
        }
    }

    private void usable(SlotFacts slot) {
        String name = config.replication().slot();
        if (!"pgoutput".equals(slot.plugin())) {
            throw CaptureErrors.slotForeign(name, "it is not a pgoutput slot");
        }
        if (!config.source().database().name().equals(slot.database())) {
            throw CaptureErrors.slotForeign(name, "it belongs to database " + slot.database());
        }
        if (slot.holder().isPresent()) {
            throw CaptureErrors.slotInUse(name, slot.holder().get());
        }
    }

    /** Without a position a slot of this name may exist only if an interrupted try of this capture created it. */
    private void ours(SlotFacts slot, Optional<CaptureState> state) {
        String name = config.replication().slot();
        CaptureState known =
                state.orElseThrow(() -> CaptureErrors.slotForeign(name, "the state folder does not know it"));
        // The server moves the oldest position on once the stream has begun, before capture has stored a position.
        Optional<Lsn> began = Optional.ofNullable(known.slot().restart()).map(Lsn::parse);
        boolean same = began.isEmpty()
                || slot.restart().filter(now -> !began.get().isAfter(now)).isPresent();
        if (!same) {
            throw CaptureErrors.slotForeign(name, "it is not the one that this capture made");
        }
    }

    private CaptureState.Server resumable(
            SourceCatalog catalog, Connection connection, CaptureState state, Lsn position) throws SQLException {
        ServerFacts now = catalog.server();
        CaptureState.Server was = state.server();
        ServerLine.requireSame(
                new ServerFacts(was.system(), was.timeline(), was.database(), position),
                now,
                folder.written(),
                new PromotedServer(config.source().database(), connection, now.timeline()));
        String name = config.replication().slot();
        SlotFacts slot = catalog.slot(name).orElseThrow(() -> CaptureErrors.slotMissing(name, position, now.written()));
        if (slot.state().lost() || slot.restart().isEmpty() || slot.confirmed().isEmpty()) {
            throw CaptureErrors.slotLost(name, position);
        }
        Lsn confirmed = slot.confirmed().get();
        if (confirmed.isAfter(position)) {
            // A new slot keeps no log from before its creation; a slot that was only moved on usually still does.
            throw slot.restart().get().isAfter(position)
                    ? CaptureErrors.slotRecreated(name, position, confirmed)
                    : CaptureErrors.slotAdvanced(name, position, confirmed);
        }
        publication.requireSame(catalog, state.publication(), position, now.written());
        return server(now);
    }

    private static CaptureState.Server server(ServerFacts facts) {
        return new CaptureState.Server(facts.system(), facts.timeline(), facts.database());
    }

    private interface Question<T> {
        T answer(SourceCatalog catalog, Connection connection) throws SQLException;
    }

    private <T> T ask(Question<T> question) throws CaptureException {
        try (Connection connection = config.source().database().connect()) {
            return question.answer(new SourceCatalog(connection), connection);
        } catch (SQLException e) {
            throw Causes.sql(config.source().database(), e);
        }
    }
}
