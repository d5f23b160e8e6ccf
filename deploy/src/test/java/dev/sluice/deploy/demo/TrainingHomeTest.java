package dev.sluice.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.ask.Answers;
import dev.sluice.deploy.home.Home;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The questions of the training find what they ask for; else the class archive lacks what reading a table needs. */
class TrainingHomeTest {

    @TempDir
    private Path folder;

    @Test
    void hasWhatTheQuestionsAsk() throws IOException {
        TrainingHome.main(new String[] {folder.resolve("home").toString()});
        Home home = Home.existing(folder.resolve("home"));
        Answers answers = new Answers(home);

        assertThat(answers.tables()).singleElement().satisfies(line -> {
            assertThat(line.table().name()).isEqualTo("training/training.public." + TrainingHome.TABLE);
            assertThat(line.table().currentRows()).isEqualTo(1);
        });
        assertThat(answers.history(TrainingHome.TABLE, "[\"" + TrainingHome.KEY + "\"]", null))
                .singleElement()
                .satisfies(version -> assertThat(version.values()).containsEntry("word", TrainingHome.KEY));
        assertThat(answers.lineage(TrainingHome.TABLE, "[\"" + TrainingHome.KEY + "\"]", "word")
                        .columns())
                .hasSize(1);
        assertThat(answers.verification().findings()).isEmpty();
        assertThat(answers.verification().counts().commits()).isEqualTo(TrainingHome.BATCHES);
        assertThat(home.lake().resolve("training/training.public.words/_delta_log/_last_checkpoint"))
                .exists();
        assertThat(home.root().resolve("policy/rules")).exists();
    }
}
