package dev.sluice.cdc.capture.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.capture.CaptureState;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.ServerFacts;
import dev.sluice.cdc.capture.postgres.SlotFacts;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnSlotTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // The state of the home: slot, server, database, where the slot began. Then the slot: plugin, database,
                // where its log begins.
                "sluice_shop, 77, 5, 0/20, pgoutput, shop, 0/20, -",
                "sluice_shop, 77, 5, 0/20, pgoutput, shop, 0/90, -",
                "sluice_shop, 77, 5, -,    pgoutput, shop, 0/20, -",
                "sluice_shop, 77, 5, 0/20, pgoutput, shop, -,    -",
                "-,           -,  0, -,    pgoutput, shop, 0/20, is gone",
                "sluice_eu,   77, 5, 0/20, pgoutput, shop, 0/20, the slot sluice_eu",
                "sluice_shop, 78, 5, 0/20, pgoutput, shop, 0/20, another server",
                "sluice_shop, 77, 6, 0/20, pgoutput, shop, 0/20, another server",
                "sluice_shop, 77, 5, 0/20, wal2json, shop, 0/20, no slot of pgoutput",
                "sluice_shop, 77, 5, 0/20, pgoutput, crm,  0/20, no slot of pgoutput",
                "sluice_shop, 77, 5, 0/20, pgoutput, shop, 0/10, older",
            })
    void dropsOnlyTheSlotThatTheHomeKnows(
            String slot,
            String system,
            long database,
            String began,
            String plugin,
            String of,
            String from,
            String why) {
        Optional<CaptureState> known = Optional.ofNullable(slot)
                .map(name -> new CaptureState(
                        CaptureState.VERSION,
                        "shop",
                        new CaptureState.Server(system, 1, database),
                        new CaptureState.Slot(name, began, began),
                        new CaptureState.Publication("sluice_shop", 1, "1", Map.of(), Map.of(), Map.of()),
                        1,
                        began,
                        "unused"));
        SlotFacts facts = new SlotFacts(
                plugin,
                of,
                Optional.ofNullable(from).map(Lsn::parse),
                Optional.empty(),
                Optional.empty(),
                new SlotFacts.Retention("reserved", 0, 0));
        ServerFacts server = new ServerFacts("77", 1, 5, Lsn.parse("0/100"));

        Optional<String> doubt = new OwnSlot("sluice_shop", "shop", known).doubt(facts, server);

        if (why == null) {
            assertThat(doubt).isEmpty();
        } else {
            assertThat(doubt.orElseThrow()).contains(why);
        }
    }
}
