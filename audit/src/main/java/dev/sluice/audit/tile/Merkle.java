package dev.sluice.audit.tile;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Computes the hashes of RFC 6962, section 2.1: a leaf is {@code SHA-256(0x00 || entry)}, a node {@code SHA-256(0x01 ||
 * left || right)}. Because of the two prefixes, the bytes of a node cannot pass for an entry. Safe for use by many
 * threads.
 */
public final class Merkle {
    private Merkle() {}

    /** Computes the hash of an entry. */
    public static Hash leaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update((byte) 0);
        digest.update(entry);
        return Hash.of(digest.digest());
    }

    /** Computes the hash of the node above two subtrees. */
    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = sha256();
        digest.update((byte) 1);
        digest.update(left.bytes());
        digest.update(right.bytes());
        return Hash.of(digest.digest());
    }

    /** Computes the Merkle tree hash over leaf hashes; without leaves, the hash of the empty string. */
    public static Hash root(List<Hash> hashes) {
        if (hashes.isEmpty()) {
            return Hash.of(sha256().digest());
        }
        if (hashes.size() == 1) {
            return hashes.get(0);
        }
        int left = Math.toIntExact(split(hashes.size()));
        return node(root(hashes.subList(0, left)), root(hashes.subList(left, hashes.size())));
    }

    /** Returns how many leaves the left subtree holds: the largest power of two below a size of two or more. */
    static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java runtime must have SHA-256.", missing);
        }
    }
}
