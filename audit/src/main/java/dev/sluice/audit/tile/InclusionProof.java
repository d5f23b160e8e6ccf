package dev.sluice.audit.tile;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Shows that one entry is in a log, to somebody who has only the entry and the verifier key. C2SP tlog-proof.
 *
 * @param index index of the entry
 * @param path hashes from the leaf's sibling up to the root's child (RFC 6962, section 2.1.1)
 * @param note the signed checkpoint
 */
public record InclusionProof(long index, List<Hash> path, String note) {

    public InclusionProof {
        path = List.copyOf(path);
    }

    /** The text of a {@code .tlog-proof} file. */
    public String text() {
        return "c2sp.org/tlog-proof@v1\nindex " + index + "\n"
                + path.stream().map(hash -> hash.base64() + "\n").collect(Collectors.joining())
                + "\n"
                + note;
    }
}
