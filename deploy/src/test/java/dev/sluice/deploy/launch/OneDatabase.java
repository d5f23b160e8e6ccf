package dev.sluice.deploy.launch;

import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.embedded.PostgresAccess;
import dev.sluice.deploy.home.Home;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;

/** A process that starts the embedded database of a home, stores one more row and says how many there are. */
final class OneDatabase {

    private OneDatabase() {}

    /** The home's folder; a second word makes it wait to be killed. */
    public static void main(String[] args) throws Exception {
        try (EmbeddedRuntime runtime = EmbeddedRuntime.start(Home.open(Path.of(args[0])), EnumSet.of(Part.POSTGRES))) {
            PostgresAccess access = runtime.postgres();
            try (Connection connection = access.connect(access.owner());
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS kept (id serial PRIMARY KEY)");
                statement.execute("INSERT INTO kept DEFAULT VALUES");
                try (ResultSet row = statement.executeQuery("SELECT count(*) FROM kept")) {
                    row.next();
                    System.out.println("rows=" + row.getInt(1));
                }
            }
            if (args.length > 1) {
                new CountDownLatch(1).await();
            }
        }
    }
}
