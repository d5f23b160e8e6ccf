package dev.sluice.audit.tile;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Proves to a third party who has only the entry and the verifier key that the entry is in a log. The text follows C2SP
 * tlog-proof. Immutable.
 *
 * @param index index of the entry
 * @param path hashes from the sibling of the leaf up to the child of the root (RFC 6962, section 2.1.1)
 * @param note the signed checkpoint that the path leads to
 */
public record InclusionProof(long index, List<Hash> path, String note) {

    public InclusionProof {
        path = List.copyOf(path);
    }

    /** Returns the text of a {@code .tlog-proof} file. */
    public String text() {
        return "c2sp.org/tlog-proof@v1\nindex " + index + "\n"
                + path.stream().map(hash -> hash.base64() + "\n").collect(Collectors.joining())
                + "\n"
                + note;
    }
}
