package dev.sluice.deploy.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.lifecycle.LifeCycle;
import dev.sluice.deploy.planner.Holds;
import dev.sluice.sinks.query.TableState;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableLineTest {

    private static final LifeCycle STREAMING = new LifeCycle.Streaming(Instant.EPOCH);

    @ParameterizedTest
    @CsvSource({
        "analytics/shop.public.orders,      shop.public.orders,      held",
        "analytics/shop.public.orders,      shop.public.order,       streaming",
        "analytics/shop.public.orders,      other.public.orders,     streaming",
        // Folders of the lake hold no blank and no letter outside of ASCII.
        "analytics/shop.public.my~20orders, shop.public.my orders,   held",
        "analytics/shop.public.a~2eb,       shop.public.a.b,         held",
        "analytics/shop.public.orders,      orders,                  streaming"
    })
    void isHeldWhenItsDatasetIs(String table, String held, String state) {
        TableLine line = TableLine.of(new TableState(table, "", 1, 2, 1), status(true, STREAMING, held));

        assertThat(line.state()).isEqualTo(state);
        assertThat(line.table().name()).isEqualTo(table);
    }

    @Test
    void isHeldWhenItsDatasetComesUnderATopicOfAnotherName() {
        TableState table = new TableState("analytics/shop.public.orders", "", 1, 2, 1);
        Holds.Hold hold =
                new Holds.Hold("crm.orders", "shop.public.orders", Instant.EPOCH, "SNK-006", "SNK-006 Why.", null);

        assertThat(TableLine.of(table, status(true, STREAMING, List.of(hold))).state())
                .isEqualTo("held");
    }

    @Test
    void saysTheStateOfTheGatewayElse() {
        TableState table = new TableState("analytics/shop.public.orders", "", 1, 2, 1);

        assertThat(TableLine.of(table, status(true, STREAMING)).state()).isEqualTo("streaming");
        assertThat(TableLine.of(table, status(false, STREAMING)).state()).isEqualTo("killed");
        assertThat(TableLine.of(table, status(false, null)).state()).isEqualTo("new");
    }

    private static Status status(boolean running, LifeCycle gateway, String... held) {
        List<Holds.Hold> holds = Stream.of(held)
                .map(dataset -> new Holds.Hold(dataset, dataset, Instant.EPOCH, "SNK-006", "SNK-006 Why.", null))
                .toList();
        return status(running, gateway, holds);
    }

    private static Status status(boolean running, LifeCycle gateway, List<Holds.Hold> holds) {
        return new Status(running, gateway, null, null, new Status.Datasets(holds, List.of()), null, 0, false);
    }
}
