package dev.sluice.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.ask.Answers;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The questions of the training find what they ask for; else the class archive lacks what reading a table needs. */
class TrainingHomeTest {

    @TempDir
    private Path folder;

    @Test
    void hasARowAKeyAndALedger() {
        TrainingHome.main(new String[] {folder.resolve("home").toString()});
        Home home = Home.existing(folder.resolve("home"));
        Answers answers = new Answers(home);

        assertThat(answers.tables()).singleElement().satisfies(table -> {
            assertThat(table.name()).isEqualTo("training/training.public." + TrainingHome.TABLE);
            assertThat(table.currentRows()).isEqualTo(1);
        });
        assertThat(answers.history(TrainingHome.TABLE, "[\"" + TrainingHome.KEY + "\"]", null))
                .singleElement()
                .satisfies(version -> assertThat(version.values()).containsEntry("word", TrainingHome.KEY));
        assertThat(new HomeLedger(home).read().size()).isEqualTo(1);
    }
}
