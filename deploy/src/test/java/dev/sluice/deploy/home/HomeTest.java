package dev.sluice.deploy.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {

    @TempDir
    private Path folder;

    @Test
    void marksANewHomeAndOpensItAgain() throws IOException {
        Home home = Home.open(folder.resolve("a home"));

        assertThat(Files.readString(home.root().resolve("format")))
                .isEqualTo("sluice-home " + HomeFormat.CURRENT + "\n");
        assertThat(Home.open(home.root())).isEqualTo(home);
        assertThat(Home.existing(home.root())).isEqualTo(home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sluice-home 0.1", "sluice-home 1", "sluice-home 0.20", "something else", ""})
    void refusesAHomeOfAnotherFormat(String text) throws IOException {
        Home home = Home.open(folder.resolve("home"));
        Files.writeString(home.root().resolve("format"), text + "\n");

        assertThatThrownBy(() -> Home.open(home.root())).hasMessageStartingWith("DEP-122");
        assertThatThrownBy(() -> Home.existing(home.root())).hasMessageStartingWith("DEP-122");
        assertThat(Files.readString(home.root().resolve("format"))).isEqualTo(text + "\n");
    }

    @Test
    void refusesAHomeThatWasMadeBeforeThereWasAFormat() throws IOException {
        Home home = Home.open(folder.resolve("home"));
        Files.delete(home.root().resolve("format"));

        assertThatThrownBy(() -> Home.open(home.root()))
                .hasMessageContaining("has the format 0.1")
                .hasMessageContaining("Nothing was changed");
        assertThat(home.root().resolve("format")).doesNotExist();
    }

    @Test
    void aQuestionMakesNoHome() {
        Path nowhere = folder.resolve("nowhere");

        assertThatThrownBy(() -> Home.existing(nowhere)).hasMessageStartingWith("DEP-401");
        assertThat(Home.at(nowhere).root()).isEqualTo(nowhere);
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void aQuestionAboutTheOwnerClaimsNothing() {
        Home home = Home.open(folder.resolve("free"));
        new HomeOwner("shop", "").require(home);

        assertThatCode(() -> new HomeOwner("other", "").claim(home)).doesNotThrowAnyException();
    }

    @Test
    void belongsToOnePipelineAndSource() {
        Home home = Home.open(folder.resolve("home"));
        new HomeOwner("shop", "").claim(home);
        new HomeOwner("shop", "postgres 7/5").claim(home);

        assertThatCode(() -> new HomeOwner("shop", "").claim(home))
                .as("the source is away")
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new HomeOwner("other", "postgres 7/5").claim(home))
                .hasMessageStartingWith("DEP-123")
                .hasMessageContaining("belongs to pipeline shop over the source postgres 7/5");
        assertThatThrownBy(() -> new HomeOwner("shop", "postgres 8/5").claim(home))
                .hasMessageStartingWith("DEP-123");
        assertThatThrownBy(() -> new HomeOwner("stock", "").require(home)).hasMessageStartingWith("DEP-123");
        assertThatThrownBy(() -> new HomeOwner("shop", "topics abc").claim(home))
                .hasMessageStartingWith("DEP-123");
    }
}
