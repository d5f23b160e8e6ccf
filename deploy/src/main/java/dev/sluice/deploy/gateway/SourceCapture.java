package dev.sluice.deploy.gateway;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.capture.postgres.ServerFacts;
import dev.sluice.cdc.capture.postgres.SourceCatalog;
import dev.sluice.cdc.capture.run.RunningCapture;
import dev.sluice.cdc.registry.CachedSchemaRegistry;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.lifecycle.Ending;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.planner.CutTopic;
import dev.sluice.deploy.planner.TopicFiller;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Captures the database of a pipeline and asks that database how far its log has come. */
public final class SourceCapture implements TopicFiller, AutoCloseable {

    private final Pipeline pipeline;
    private final Home home;
    private final Pipeline.Database database;
    private final RunningCapture capture;
    private final KafkaCuts cuts;

    private SourceCapture(
            Pipeline pipeline, Home home, Pipeline.Database database, RunningCapture capture, KafkaCuts cuts) {
        this.pipeline = pipeline;
        this.home = home;
        this.database = database;
        this.capture = capture;
        this.cuts = cuts;
    }

    /** Starts capture; a failure that ends capture ends the gateway. */
    static SourceCapture start(Pipeline pipeline, Pipeline.Database database, Home home, Ending ending) {
        CaptureConfig config = pipeline.capture(database, home);
        KafkaCuts cuts = new KafkaCuts(pipeline.name(), pipeline.transport().client());
        boolean started = false;
        try {
            RunningCapture capture = RunningCapture.start(config, CachedSchemaRegistry.shared(pipeline.registry(home)));
            started = true;
            ending.watch(capture.completion());
            return new SourceCapture(pipeline, home, database, capture, cuts);
        } finally {
            if (!started) {
                cuts.close();
            }
        }
    }

    /** The program that fills the raw topics, with this capture or without one. */
    static TopicFiller filler(@Nullable SourceCapture capture) {
        return capture == null ? TopicFiller.OTHER : capture;
    }

    /** The identity of the source for the owner file of the home; empty when the source does not answer now. */
    public static String identity(Pipeline.Database database) {
        try (Connection connection = database.server().connect()) {
            ServerFacts facts = new SourceCatalog(connection).server();
            return "postgres " + facts.system() + "/" + facts.database();
        } catch (SQLException sourceAway) {
            return "";
        }
    }

    /** Whether capture has opened its slot and chosen the text that stands for values which the log does not hold. */
    boolean isReady() {
        return StateFolder.placeholder(Pipeline.captureState(home)).isPresent();
    }

    /** Why capture holds tables of the pipeline, by raw topic. */
    @Override
    public Map<String, CaptureException> held() {
        Map<String, CaptureException> held = new TreeMap<>();
        StateFolder.held(Pipeline.captureState(home)).forEach((table, cause) -> {
            if (pipeline.source().named().names(table)) {
                held.put(pipeline.name() + "." + table, cause);
            }
        });
        return held;
    }

    @Override
    public Collection<String> topics() {
        return pipeline.tableTopics(home);
    }

    /** Whether the snapshot is in the raw topics, whole. */
    boolean hasSnapshot() {
        return capture.hasSnapshot();
    }

    /** The failure after which capture is about to start again, as a sentence; empty while capture works. */
    Optional<String> trouble() {
        return capture.trouble().map(failure -> "Cause: " + failure.getMessage());
    }

    /** The outage after which capture is about to start again; empty while capture works. */
    Optional<Outage> outage() {
        return capture.trouble().map(Outage::of);
    }

    /**
     * Names the life cycle of this capture: one first snapshot and the stream after it. The name is the text that
     * stands for values which the log does not hold, because every new state folder chooses such a text.
     */
    @Override
    public String lifeCycle() {
        return StateFolder.placeholder(Pipeline.captureState(home)).orElseThrow();
    }

    @Override
    public CutTopic cuts() {
        return cuts;
    }

    /** The position that the source's log has reached. */
    String currentPosition() {
        return ask("SELECT pg_current_wal_lsn()::text");
    }

    /** Whether everything up to that position is durably in the raw topics, and no table is read anew. */
    boolean confirmed(String position) {
        return !capture.readsAnew()
                && ask(
                                "SELECT coalesce((SELECT confirmed_flush_lsn >= ?::pg_lsn FROM pg_replication_slots"
                                        + " WHERE slot_name = ?), false)::text",
                                position,
                                database.slot())
                        .equals("true");
    }

    @Override
    public void close() {
        try {
            capture.close();
        } finally {
            cuts.close();
        }
    }

    private String ask(String sql, String... values) {
        try (Connection connection = database.server().connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw GatewayErrors.sourceUnreachable(database.server().address(), e);
        }
    }
}
