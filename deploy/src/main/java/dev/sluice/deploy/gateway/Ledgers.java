package dev.sluice.deploy.gateway;

import dev.sluice.audit.ledger.Ledger;
import dev.sluice.audit.ledger.LedgerReader;
import dev.sluice.audit.tile.NoteKey;
import dev.sluice.audit.tile.NoteVerifier;
import dev.sluice.audit.verify.LedgerVerifier;
import dev.sluice.audit.verify.Verification;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.embedded.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The ledger of a home: for writing by the gateway, for reading and verifying by anybody beside it. */
public final class Ledgers {

    private static final String ORIGIN = "sluice/ledger";

    private Ledgers() {}

    static Ledger open(Home home) {
        return Ledger.open(home.ledger(), NoteKey.open(home.keys(), ORIGIN));
    }

    /** The ledger under its last signed checkpoint. */
    public static LedgerReader read(Home home) {
        return LedgerReader.open(home.ledger(), verifier(home));
    }

    /** Whether a gateway has written a ledger here. */
    public static boolean isThere(Home home) {
        return Files.exists(home.ledger().resolve("checkpoint"));
    }

    /** Recomputes the whole ledger and compares it with the tables. */
    public static Verification verify(Home home) {
        Path head = home.keys().resolve("ledger.head");
        List<byte[]> heads = Files.exists(head) ? List.of(bytes(head)) : List.of();
        return LedgerVerifier.verify(
                new LedgerVerifier.Evidence(home.ledger(), List.of(verifier(home)), heads, Optional.of(home.lake())));
    }

    private static NoteVerifier verifier(Home home) {
        return NoteVerifier.parse(
                new String(bytes(home.keys().resolve("ledger.pub")), java.nio.charset.StandardCharsets.UTF_8).strip());
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DeployException(
                    "DEP-307", file + " cannot be read; is this the home of a gateway that has run?", e);
        }
    }
}
