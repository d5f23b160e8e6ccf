package dev.sluice.policy.propose;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes a text as YAML that every reader, of YAML 1.1 and of 1.2, takes for that text. */
public final class YamlScalar {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
    private static final Set<String> NOT_PLAIN = Set.of("yes", "no", "on", "off", "y", "n", "true", "false", "null");

    private YamlScalar() {}

    /** The text as it is where no reader takes the text for something else, else in double quotes. */
    public static String of(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !NOT_PLAIN.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : quoted(text);
    }

    /** The text in double quotes. The text must hold no control characters. */
    public static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
