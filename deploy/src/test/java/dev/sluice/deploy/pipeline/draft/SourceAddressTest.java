package dev.sluice.deploy.pipeline.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.access.DatabaseTls;
import dev.sluice.cdc.capture.postgres.Secret;
import dev.sluice.deploy.DeployException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceAddressTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db.example:5433/shop, db.example, 5433, shop, shop",
        "jdbc:postgresql://127.0.0.1/My-Shop, 127.0.0.1, 5432, My-Shop, my_shop",
        "jdbc:postgresql://db/2024, db, 5432, 2024, db_2024",
        "jdbc:postgresql://db/abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz, db, 5432,"
                + " abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz, abcdefghijklmnopqrstuvwxyzabcdefghijklmno",
    })
    void readsAUrlAndSuggestsAName(String url, String host, int port, String database, String name) {
        SourceAddress address = SourceAddress.parse(url);

        assertThat(address).isEqualTo(new SourceAddress(host, port, database));
        assertThat(address.suggestedName()).isEqualTo(name);
        assertThat(SourceAddress.parse(address.url())).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop",
                "postgresql://db/shop",
                "jdbc:mysql://db/shop",
                "jdbc:postgresql://db",
                "jdbc:postgresql://db:0/shop",
                "jdbc:postgresql://db:99999/shop",
                "jdbc:postgresql://user:word@db/shop",
                "jdbc:postgresql://db/shop?password=word",
            })
    void refusesEverythingElseWithoutRepeatingTheText(String url) {
        assertThatThrownBy(() -> SourceAddress.parse(url))
                .isInstanceOf(DeployException.class)
                .hasMessageStartingWith("DEP-600")
                .hasMessageNotContaining("word@")
                .hasMessageNotContaining("password=word");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Shop", "1shop", "my-shop", "a\nb"})
    void refusesANameThatAPipelineFileCannotHold(String name) {
        SourceAddress address = new SourceAddress("db", 1, "shop");
        DraftRequest.SourceLogin login =
                new DraftRequest.SourceLogin("me", Secret.of("x"), DatabaseTls.standard("127.0.0.1"));
        DraftFolder folder = new DraftFolder(Path.of("."), false, null);

        assertThatThrownBy(() -> new DraftRequest(address, login, name, List.of(), folder))
                .isInstanceOf(DeployException.class)
                .hasMessageStartingWith("DEP-601");
    }

    @Test
    void namesThePasswordFileAsThePipelineFileSeesIt() {
        Path root = Path.of("/srv/pipe");

        assertThat(new DraftFolder(root, false, null).passwordReference()).isEqualTo("source.password");
        assertThat(new DraftFolder(root, false, Path.of("/srv/pipe/keys/db")).passwordReference())
                .isEqualTo("keys/db");
        assertThat(new DraftFolder(root, false, Path.of("/run/secrets/db")).passwordReference())
                .isEqualTo("/run/secrets/db");
        assertThatThrownBy(() -> new DraftFolder(root, false, Path.of("/srv/a}b")).passwordReference())
                .isInstanceOf(DeployException.class)
                .hasMessageStartingWith("DEP-605");
    }
}
