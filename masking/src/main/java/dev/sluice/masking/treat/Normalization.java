package dev.sluice.masking.treat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes different writings of one text alike before hashing, so that they get one pseudonym. The rules are frozen,
 * because a change would break the join with stored values.
 */
enum Normalization {
    /** As it is. */
    NONE {
        @Override
        String of(String text) {
            return text;
        }
    },
    /** Unicode NFC, without white space at both ends: for {@code char(n)} columns. */
    TRIM {
        @Override
        String of(String text) {
            return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
        }
    },
    /** As {@link #TRIM}, then lower case by the rules of no language. */
    LOWER {
        @Override
        String of(String text) {
            return TRIM.of(text).toLowerCase(Locale.ROOT);
        }
    },
    /** As {@link #LOWER}. Dots and {@code +tags} stay, because each mail server decides what they mean. */
    EMAIL {
        @Override
        String of(String text) {
            return LOWER.of(text);
        }
    },
    /**
     * Digits only, with a {@code +} in front when the number has its country ({@code +} or {@code 00} in front). Text
     * without any digit stays as {@link #LOWER} makes it.
     */
    PHONE {
        @Override
        String of(String text) {
            String trimmed = LOWER.of(text);
            StringBuilder digits = new StringBuilder();
            trimmed.codePoints().filter(Character::isDigit).forEach(c -> digits.append(Character.digit(c, 10)));
            if (digits.isEmpty()) {
                return trimmed;
            }
            if (trimmed.startsWith("+")) {
                return "+" + digits;
            }
            return digits.length() > 2 && digits.indexOf("00") == 0 ? "+" + digits.substring(2) : digits.toString();
        }
    };

    /** The text that is hashed. */
    abstract String of(String text);

    /** The normalisation of that name in policy files. */
    static Optional<Normalization> ofName(String name) {
        for (Normalization each : values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
