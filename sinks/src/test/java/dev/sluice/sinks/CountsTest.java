package dev.sluice.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountsTest {

    @Test
    void refusesARecordThatIsUnaccountedFor() {
        assertThatThrownBy(() -> new Counts(7, 1, 1, 1, 1, 1, 1))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("SNK-001");
    }

    @Test
    void addsUp() {
        assertThat(Counts.ofChanges(1, 2, 3).plus(Counts.ofOthers(4, 5, 6)))
                .isEqualTo(new Counts(21, 1, 2, 4, 5, 6, 3));
    }

    @Test
    void aReceiptSurvivesJson() throws Exception {
        Receipt receipt = new Receipt(
                new BatchId("g1", 7),
                List.of(new SourceRange(new SourcePartition("t", "id", 0), 1, 4)),
                Counts.ofChanges(1, 1, 1),
                new Receipt.Seen(3, 1, "a", null),
                List.of(new TableCommit("d", "o/d", 3, Counts.ofChanges(1, 1, 1), List.of("p"))),
                null);
        ObjectMapper json = new ObjectMapper();

        assertThat(json.readValue(json.writeValueAsString(receipt), Receipt.class))
                .isEqualTo(receipt);
    }
}
