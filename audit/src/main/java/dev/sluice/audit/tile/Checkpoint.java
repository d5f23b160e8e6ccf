package dev.sluice.audit.tile;

import dev.sluice.audit.LedgerErrors;
import java.util.Base64;

/**
 * States the head of a log: origin, size and root, as the three lines of C2SP tlog-checkpoint without extension lines.
 * Not to be confused with the checkpoint of a Spark query, which holds offsets.
 *
 * @param origin name of the log
 * @param size number of leaves
 * @param root Merkle root over the leaves
 */
public record Checkpoint(String origin, long size, Hash root) {

    /** Returns the text that the key signs. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    /**
     * Reads the text of a checkpoint. Accepts the canonical form only.
     *
     * @param what names the checkpoint in the message
     * @throws dev.sluice.audit.LedgerException AUD-007 when the text is not a checkpoint in canonical form
     */
    public static Checkpoint parse(String what, String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || lines[0].isEmpty() || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
            throw LedgerErrors.malformed(what, "the text is not the three lines origin, size and root");
        }
        try {
            Hash root = Hash.of(Base64.getDecoder().decode(lines[2]));
            Checkpoint checkpoint = new Checkpoint(lines[0], Long.parseLong(lines[1]), root);
            if (checkpoint.text().equals(text)) {
                return checkpoint;
            }
        } catch (IllegalArgumentException notBase64) {
            throw LedgerErrors.malformed(what, "the root is not a base64 hash", notBase64);
        }
        throw LedgerErrors.malformed(what, "the text is not in canonical form");
    }
}
