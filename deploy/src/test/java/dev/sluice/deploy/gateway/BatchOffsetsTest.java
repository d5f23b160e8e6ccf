package dev.sluice.deploy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deploy.DeployException;
import dev.sluice.sinks.SourceRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchOffsetsTest {

    private static final String HEAD = "v1\n{\"batchWatermarkMs\":0,\"conf\":{}}\n";

    @TempDir
    private Path work;

    private BatchOffsets checkpoint;

    @BeforeEach
    void lay() throws IOException {
        checkpoint = BatchOffsets.in(work, "g1");
        for (String folder : new String[] {"offsets", "commits", "sources/0"}) {
            Files.createDirectories(work.resolve("checkpoint-g1").resolve(folder));
        }
        write("sources/0/0", "\0v1\n{\"b\":{\"1\":0,\"0\":5}}");
        write("offsets/0", HEAD + "{\"b\":{\"1\":0,\"0\":9}}");
        write("offsets/1", HEAD + "{\"a.b\":{\"0\":3},\"b\":{\"1\":10,\"0\":12}}");
    }

    @Test
    void firstBatchStartsWhereTheTopicDid() {
        assertThat(checkpoint.planned(0)).containsExactly(new SourceRange("b", 0, 5, 9));
    }

    @Test
    void laterBatchesStartWhereTheOneBeforeEndedAndNewPartitionsAtZero() {
        assertThat(checkpoint.planned(1))
                .containsExactly(
                        new SourceRange("a.b", 0, 0, 3),
                        new SourceRange("b", 0, 9, 12),
                        new SourceRange("b", 1, 0, 10));
        assertThat(checkpoint.ends(1)).containsEntry("b/1", 10L).hasSize(3);
    }

    @Test
    void knowsTheNewestAcknowledgedBatch() throws IOException {
        assertThat(checkpoint.acknowledged()).isEmpty();
        assertThat(BatchOffsets.in(work, "none").acknowledged()).isEmpty();
        for (String name : new String[] {"9", "10", ".10.crc", ".11.tmp"}) {
            write("commits/" + name, "v1\n{}");
        }

        assertThat(checkpoint.acknowledged()).hasValue(10);
    }

    @Test
    void refusesWhatItCannotRead() throws IOException {
        write("offsets/2", "");

        assertThatThrownBy(() -> checkpoint.planned(2))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("DEP-308");
        assertThatThrownBy(() -> checkpoint.ends(3)).hasMessageContaining("DEP-308");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(work.resolve("checkpoint-g1").resolve(name), text);
    }
}
