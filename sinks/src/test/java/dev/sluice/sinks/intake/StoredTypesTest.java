package dev.sluice.sinks.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.Change.Op;
import dev.sluice.masking.Guarded;
import dev.sluice.sinks.Changes;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class StoredTypesTest {

    /**
     * Under REPLICA IDENTITY USING INDEX the image before holds the columns of the index, and null or an empty text for
     * the others. No record says how much of it is true.
     */
    @Test
    void neverFillsWhatWasNotSentFromTheImageBefore() {
        for (Object other : new Object[] {null, "", "a value"}) {
            Guarded change = new Changes("customers")
                    .builder(Op.UPDATE, 3, 1)
                    .before(1L, "Ann", other)
                    .after(1L, "Ann", Absent.VALUE)
                    .build();
            List<Row> rows = new ArrayList<>();
            new IntakeRows("g/1").add(change, rows);

            assertThat(HistoryEventCodec.decode(rows.get(1).getAs(IntakeRows.PAYLOAD))
                            .image()
                            .absent())
                    .containsExactly("city");
        }
    }
}
