package dev.sluice.audit.tile;

import dev.sluice.audit.LedgerErrors;
import java.util.Base64;

/**
 * The head of a log, C2SP tlog-checkpoint: three lines, no extension lines.
 *
 * @param origin name of the log
 * @param size leaves
 * @param root Merkle root over them
 */
public record Checkpoint(String origin, long size, Hash root) {

    /** The text to sign. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    /**
     * Reads the text of a checkpoint in its only spelling.
     *
     * @param what name of the checkpoint for the message
     * @throws dev.sluice.audit.LedgerException AUD-007
     */
    public static Checkpoint parse(String what, String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || lines[0].isEmpty() || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
            throw LedgerErrors.malformed(what, "it is not origin, size and root");
        }
        try {
            Hash root = Hash.of(Base64.getDecoder().decode(lines[2]));
            Checkpoint checkpoint = new Checkpoint(lines[0], Long.parseLong(lines[1]), root);
            if (checkpoint.text().equals(text)) {
                return checkpoint;
            }
        } catch (IllegalArgumentException notBase64) {
            throw LedgerErrors.malformed(what, "the root is not a base64 hash");
        }
        throw LedgerErrors.malformed(what, "it is not in its only spelling");
    }
}
