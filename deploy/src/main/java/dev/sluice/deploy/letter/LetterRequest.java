package dev.sluice.deploy.letter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.deploy.DeployException;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Asks for an act on dead letters. As text a JSON object with {@code version} 1, {@code act}, {@code reason} and {@code
 * letters}.
 *
 * @param act what is to be done
 * @param letters ids of the letters
 * @param reason why letters are given up; empty for a replay
 */
public record LetterRequest(Act act, NavigableSet<String> letters, String reason) {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REASON = "[^\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]{1,200}";

    /** Lists what can be done with dead letters. */
    public enum Act {
        DISCARD,
        REPLAY,
        /** What is parked behind letters that were given up appears. */
        FREE
    }

    public LetterRequest {
        letters = new TreeSet<>(letters);
    }

    /**
     * Asks to give letters up.
     *
     * @throws DeployException {@code DEP-461} when the reason is not one line of printable characters
     */
    public static LetterRequest discard(NavigableSet<String> letters, String reason) {
        if (!reason.matches(REASON) || reason.isBlank()) {
            throw LetterErrors.notAReason();
        }
        return new LetterRequest(Act.DISCARD, letters, reason);
    }

    /** Asks to replay letters. */
    public static LetterRequest replay(NavigableSet<String> letters) {
        return new LetterRequest(Act.REPLAY, letters, "");
    }

    String text() {
        ObjectNode document = JSON.createObjectNode()
                .put("version", VERSION)
                .put("act", act.name())
                .put("reason", reason);
        letters.forEach(document.putArray("letters")::add);
        return document.toString();
    }

    static LetterRequest parse(String text) {
        try {
            JsonNode document = JSON.readTree(text);
            if (document.path("version").asInt() != VERSION) {
                throw LetterErrors.requestUnreadable(null);
            }
            NavigableSet<String> letters = new TreeSet<>();
            document.path("letters").forEach(letter -> letters.add(letter.asText()));
            return new LetterRequest(
                    Act.valueOf(document.path("act").asText()),
                    letters,
                    document.path("reason").asText());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw LetterErrors.requestUnreadable(e);
        }
    }
}
