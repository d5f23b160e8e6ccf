package dev.sluice.deploy.e2e;

import dev.sluice.deploy.e2e.GatewayKills.Kill;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kills of {@link GatewayCrashIT}, each followed by a start that goes on without help. */
@Tag("nightly")
class GatewayCrashAloneIT extends KilledGateway {

    @ParameterizedTest
    @MethodSource("dev.sluice.deploy.e2e.GatewayKills#alone")
    void goesOnAfterAKill(List<Kill> kill) throws Exception {
        goOnAfter(kill);
    }
}
