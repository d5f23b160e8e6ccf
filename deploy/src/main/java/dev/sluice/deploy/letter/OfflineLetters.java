package dev.sluice.deploy.letter;

import dev.sluice.audit.ledger.Ledger;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.deploy.lifecycle.Steps;
import dev.sluice.masking.control.ControlDatabase;

/**
 * Works requests about dead letters on a home on which no gateway runs.
 *
 * @param home the home
 */
public record OfflineLetters(Home home) {

    /**
     * Gives up the letters of all open requests.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-110} when a gateway has taken the home meanwhile
     */
    public void work() {
        try (Steps steps = new Steps(line -> {})) {
            steps.open("lock", "the home is locked", () -> HomeLock.acquire(home));
            ControlDatabase control =
                    steps.open("control", "the control state is open", () -> ControlDatabase.open(home.controlDb()));
            Ledger ledger = steps.open("ledger", "the ledger is open", () -> new HomeLedger(home).open());
            new LetterDesk(home, control, ledger).discard();
        }
    }
}
