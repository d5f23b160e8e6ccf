package dev.sluice.deploy.demo.shop;

import dev.sluice.deploy.DeployException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The failures of the sample shop, codes {@code DEP-130} to {@code DEP-139}. */
final class ShopErrors {

    private ShopErrors() {}

    static DeployException database(String doing, SQLException cause) {
        return new DeployException(
                "DEP-130",
                "The sample shop failed while " + doing + " (SQL state " + cause.getSQLState()
                        + "). Check that the embedded database runs: logs/postgres.log in the home folder.",
                // The database's own text can quote a value, so only its state is told.
                null);
    }

    static DeployException resource(String name, Throwable cause) {
        return new DeployException(
                "DEP-131", "The file " + name + " of the sample shop cannot be read. Build it again.", cause);
    }

    static DeployException topic(String topic, @Nullable Throwable cause) {
        return new DeployException(
                "DEP-132",
                "Records could not be put into topic " + topic
                        + ". Check that the broker runs and that the topic exists: logs/kafka.log in the home folder.",
                cause);
    }
}
