package dev.sluice.deploy.embedded;

import dev.sluice.deploy.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** A process that runs the embedded parts until it is ended from outside; the tests end it in every way. */
final class RuntimeHolder {

    private RuntimeHolder() {}

    /** Starts the parts named after the home, stores one more row, writes how many there are to {@code held}, waits. */
    public static void main(String[] args) throws Exception {
        Home home = Home.open(Path.of(args[0]));
        EnumSet<Part> parts = Arrays.stream(args)
                .skip(1)
                .map(Part::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
        EmbeddedRuntime runtime = EmbeddedRuntime.start(home, parts);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            mark(home);
            runtime.close();
        }));
        PostgresAccess access = runtime.postgres();
        try (Connection connection = access.connect(access.owner());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS kept (id serial PRIMARY KEY)");
            statement.execute("INSERT INTO kept DEFAULT VALUES");
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM kept")) {
                rows.next();
                Path counted = Files.writeString(home.root().resolve("counted"), rows.getString(1));
                Files.move(counted, home.root().resolve("held"), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        new CountDownLatch(1).await();
    }

    private static void mark(Home home) {
        try {
            Files.writeString(home.root().resolve("drained"), "");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
