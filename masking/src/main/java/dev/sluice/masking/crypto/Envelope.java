package dev.sluice.masking.crypto;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes and reads ciphertext as text: {@code sl1:<alg>:<kid>:<base64url>}. The version {@code sl1} fixes everything
 * else: the only algorithm is {@code a256gcm}, the body is nonce (12 bytes), ciphertext, tag (16 bytes), in base64url
 * (RFC 4648 section 5) without padding. Later versions of the gateway keep reading {@code sl1}.
 *
 * @param kid identity of the key
 * @param body nonce, ciphertext and tag
 */
public record Envelope(String kid, byte[] body) {

    /** What every envelope starts with. */
    public static final String PREFIX = "sl1:";

    private static final String ALGORITHM = "a256gcm";
    private static final Pattern SHAPE =
            Pattern.compile("sl1:" + ALGORITHM + ":([a-z0-9][a-z0-9.-]{0,63}):([A-Za-z0-9_-]{38,})");
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** Whether the text claims to be an envelope of any version, well-formed or not. */
    public static boolean claimed(String text) {
        return text.startsWith("sl") && text.regionMatches(3, ":", 0, 1) && Character.isDigit(text.charAt(2));
    }

    /** The text form. */
    public String text() {
        return PREFIX + ALGORITHM + ":" + kid + ":" + ENCODER.encodeToString(body);
    }

    /** Reads the text form; empty unless it is exactly what {@link #text()} writes. */
    public static Optional<Envelope> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            Envelope envelope =
                    new Envelope(matcher.group(1), Base64.getUrlDecoder().decode(matcher.group(2)));
            // Base64 can write one body in several ways (unused low bits); only the canonical form is accepted.
            return envelope.text().equals(text) ? Optional.of(envelope) : Optional.empty();
        } catch (IllegalArgumentException impossibleLength) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Envelope[" + kid + "]";
    }
}
