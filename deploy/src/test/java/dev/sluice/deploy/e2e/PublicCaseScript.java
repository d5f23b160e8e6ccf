package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Plays the statements of the cases as their applications do, with a change of the healthy table around each. */
final class PublicCaseScript implements AutoCloseable {

    private static final String COMMAND = "sluice ";

    private final GovernedSource source;
    private final List<PublicCase.Named> cases;
    private final Map<String, Connection> sessions = new HashMap<>();
    private int healthy;

    PublicCaseScript(GovernedSource source, List<PublicCase.Named> cases) {
        this.source = source;
        this.cases = cases;
    }

    /** The newest row of the healthy table. */
    int healthy() {
        return healthy;
    }

    void setup() throws SQLException {
        source.sql(
                "CREATE TABLE healthy (id int PRIMARY KEY, note text)",
                "INSERT INTO healthy VALUES (0, 'before'), (-1, 'closing')",
                "UPDATE healthy SET note = 'after' WHERE id = 0");
        play(PublicCase::setup);
    }

    /** Repeats what goes on during the snapshot until the gateway says that it runs. */
    void untilItRuns(CommandProcess gateway) {
        CompletableFuture<Void> runs =
                CompletableFuture.runAsync(() -> gateway.awaitErr("The pipeline shop is running"));
        while (!runs.isDone()) {
            play(PublicCase::starting);
        }
        runs.join();
    }

    void whileItRuns() throws SQLException {
        playBetweenHealthyChanges(PublicCase::running);
        play(PublicCase::closing);
    }

    void whileItIsStopped() throws SQLException {
        playBetweenHealthyChanges(PublicCase::stopped);
    }

    private void playBetweenHealthyChanges(Function<PublicCase, List<String>> part) throws SQLException {
        for (PublicCase.Named each : cases) {
            if (!part.apply(each.content()).isEmpty()) {
                healthy++;
                source.sql("INSERT INTO healthy VALUES (" + healthy + ", 'before')");
                play(each, part.apply(each.content()));
                source.sql("UPDATE healthy SET note = 'after' WHERE id = " + healthy);
            }
        }
    }

    private void play(Function<PublicCase, List<String>> part) {
        cases.forEach(each -> play(each, part.apply(each.content())));
    }

    private void play(PublicCase.Named each, List<String> statements) {
        for (String statement : statements) {
            if (statement.startsWith(COMMAND)) {
                command(statement.substring(COMMAND.length()));
                continue;
            }
            boolean named = statement.startsWith("@");
            int blank = statement.indexOf(' ');
            String session = named ? each.name() + statement.substring(0, blank) : "";
            try {
                play(session, named ? statement.substring(blank + 1) : statement);
            } catch (SQLException e) {
                throw new AssertionError("the application of " + each + " fails: " + statement, e);
            }
        }
    }

    private void command(String words) {
        List<String> call = new ArrayList<>(List.of(words.split(" ")));
        call.addAll(List.of(
                "-f", source.pipeline().toString(), "--home", source.home().toString()));
        Cli run = Cli.run(call.toArray());
        assertThat(run.code()).as(run.err()).isZero();
    }

    private void play(String session, String statement) throws SQLException {
        try (Statement sql = session(session).createStatement()) {
            if (statement.startsWith("!")) {
                String code = statement.substring(1, statement.indexOf(' '));
                SQLException refused = catchThrowableOfType(
                        SQLException.class, () -> sql.execute(statement.substring(statement.indexOf(' '))));
                assertThat(refused == null ? "" : refused.getSQLState())
                        .as(statement)
                        .isEqualTo(code);
            } else {
                sql.execute(statement);
            }
        }
    }

    private Connection session(String name) throws SQLException {
        if (!sessions.containsKey(name)) {
            sessions.put(name, source.connect());
        }
        return sessions.get(name);
    }

    @Override
    public void close() throws SQLException {
        for (Connection session : sessions.values()) {
            session.close();
        }
    }
}
