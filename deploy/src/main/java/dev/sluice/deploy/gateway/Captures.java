package dev.sluice.deploy.gateway;

import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.DebeziumCapture;
import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.registry.CachedSchemaRegistry;
import dev.sluice.deploy.embedded.Home;
import dev.sluice.deploy.pipeline.Pipeline;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Starts the capture that a pipeline file describes. */
public final class Captures {

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private Captures() {}

    /** Where capture keeps offsets and fingerprint. */
    static Path stateFolder(Home home) {
        return home.work().resolve("capture");
    }

    /** The capture settings of that pipeline. */
    public static CaptureConfig config(Pipeline pipeline, Pipeline.Database database, Home home) {
        return new CaptureConfig(
                new CaptureConfig.CapturedSource(
                        pipeline.name(),
                        database.server(),
                        pipeline.source().tables().stream()
                                .map(TableName::parse)
                                .toList()),
                new CaptureConfig.Replication(database.slot(), database.publication(), HEARTBEAT),
                CaptureConfig.RawTransport.of(pipeline.transport().bootstrap(), LineSpecs.registry(home, pipeline)),
                CaptureConfig.Retry.standard(),
                stateFolder(home));
    }

    /** Starts capture and tells when it has ended, with the problem if one ended it. */
    static DebeziumCapture start(
            Pipeline pipeline, Pipeline.Database database, Home home, BiConsumer<Void, Throwable> onEnd) {
        CaptureConfig config = config(pipeline, database, home);
        DebeziumCapture capture =
                new DebeziumCapture(config, CachedSchemaRegistry.shared(LineSpecs.registry(home, pipeline)));
        capture.start();
        CompletableFuture<Void> unused = capture.completion().whenComplete(onEnd);
        return capture;
    }

    /** Whether capture has opened its slot and chosen the text that stands for values which the log does not hold. */
    static boolean isReady(Home home) {
        return StateFolder.placeholder(stateFolder(home)).isPresent();
    }

    /** The position that the source's log has reached. */
    static String currentPosition(Pipeline.Database database) {
        return ask(database, "SELECT pg_current_wal_lsn()::text");
    }

    /** Whether everything up to that position is durably in the raw topics. */
    static boolean confirmed(Pipeline.Database database, String position) {
        return ask(
                        database,
                        "SELECT coalesce((SELECT confirmed_flush_lsn >= ?::pg_lsn FROM pg_replication_slots"
                                + " WHERE slot_name = ?), false)::text",
                        position,
                        database.slot())
                .equals("true");
    }

    private static String ask(Pipeline.Database database, String sql, String... values) {
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
