package dev.sluice.deploy.home;

import dev.sluice.audit.ledger.Ledger;
import dev.sluice.audit.ledger.LedgerReader;
import dev.sluice.audit.tile.NoteKey;
import dev.sluice.audit.tile.NoteVerifier;
import dev.sluice.audit.verify.LedgerVerifier;
import dev.sluice.audit.verify.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Opens the ledger of a home: for writing by the gateway, for reading and verifying by other processes beside the
 * gateway.
 *
 * @param home the home
 */
public record HomeLedger(Home home) {

    private static final String ORIGIN = "sluice/ledger";

    /** Opens the ledger for writing. The caller must hold the {@link HomeLock}. */
    public Ledger open() {
        return Ledger.open(home.ledger(), NoteKey.open(home.keys(), ORIGIN));
    }

    /** The ledger under its last signed checkpoint. */
    public LedgerReader read() {
        return LedgerReader.open(home.ledger(), verifier());
    }

    /** Whether a gateway has written a ledger in this home. */
    public boolean exists() {
        return Files.exists(home.ledger().resolve("checkpoint"));
    }

    /** Recomputes the whole ledger and compares it with the tables. */
    public Verification verify() {
        Path head = home.keys().resolve("ledger.head");
        List<byte[]> heads = Files.exists(head) ? List.of(bytes(head)) : List.of();
        return LedgerVerifier.verify(
                new LedgerVerifier.Evidence(home.ledger(), List.of(verifier()), heads, Optional.of(home.lake())));
    }

    private NoteVerifier verifier() {
        return NoteVerifier.parse(new String(bytes(home.keys().resolve("ledger.pub")), StandardCharsets.UTF_8).strip());
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw HomeErrors.unreadable(file, e);
        }
    }
}
