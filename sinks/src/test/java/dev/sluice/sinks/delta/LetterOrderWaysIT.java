package dev.sluice.sinks.delta;

import java.util.List;
import org.junit.jupiter.api.Tag;

/** The order around dead letters for a large table and for a flood. */
@Tag("nightly")
class LetterOrderWaysIT extends LetterOrderIT {

    static List<DeltaSinks.Options> ways() {
        return TypesZooTablesIT.ways().subList(1, 3);
    }
}
