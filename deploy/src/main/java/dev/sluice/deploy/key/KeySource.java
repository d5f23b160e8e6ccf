package dev.sluice.deploy.key;

import dev.sluice.deploy.DeployException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Finds the keys or people that an option of a command names. The value {@code @FILE} stands for the lines of that
 * file, {@code -} for the lines of standard input, every other value for itself. Lines are UTF-8 whatever the locale;
 * blank lines and lines that begin with {@code #} are skipped. No message shows what a line holds.
 */
public final class KeySource {

    /** Most bytes of one source. */
    static final int MOST_BYTES = 16 << 20;

    private static final char FILE = '@';
    private static final String STANDARD_INPUT = "-";
    private static final String COMMENT = "#";
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final String name;
    private final List<KeyLine> lines;

    private KeySource(String name, List<KeyLine> lines) {
        this.name = name;
        this.lines = lines;
    }

    /** A text that should be a key, and the words for its place. */
    private record KeyLine(String place, String text) {}

    /**
     * The source that the value of that option names; a file and standard input are read now.
     *
     * @param option name of the option, for messages
     * @param value its value
     * @throws DeployException {@code DEP-425}, {@code DEP-427} or {@code DEP-429} when the source cannot be read
     */
    public static KeySource of(String option, String value) {
        return of(option, value, System.in);
    }

    static KeySource of(String option, String value, InputStream standardInput) {
        String place = "The value of " + option;
        if (Unicode.hasReplacement(value)) {
            throw KeyErrors.lostCharacters(place);
        }
        if (value.equals(STANDARD_INPUT)) {
            return ofLines("standard input", read(standardInput, place));
        }
        if (!value.isEmpty() && value.charAt(0) == FILE) {
            String file = value.substring(1);
            return ofLines(file, read(file, place));
        }
        return new KeySource(place, List.of(new KeyLine(place, value)));
    }

    /**
     * All keys in the order in which they stand.
     *
     * @throws DeployException {@code DEP-420} to {@code DEP-425} when a line is not a key
     */
    public List<KeyText> keys() {
        return all(KeyText::parse);
    }

    /** The only key; {@code DEP-428} when there is none or more than one. */
    public KeyText key() {
        return only(keys());
    }

    /**
     * All people in the order in which they stand.
     *
     * @throws DeployException {@code DEP-420} to {@code DEP-426} when a line is not a person
     */
    public List<PersonText> people() {
        return all(PersonText::parse);
    }

    /** The only person; {@code DEP-428} when there is none or more than one. */
    public PersonText person() {
        return only(people());
    }

    private <T> List<T> all(BiFunction<String, String, T> parse) {
        return lines.stream()
                .map(line -> parse.apply(line.text(), line.place()))
                .toList();
    }

    private <T> T only(List<T> found) {
        if (found.size() != 1) {
            throw KeyErrors.notOne(name, found.size());
        }
        return found.get(0);
    }

    private static byte[] read(String file, String place) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return read(in, place);
        } catch (IOException | InvalidPathException e) {
            // The message does not name the file: the name may be a key that begins with @.
            throw KeyErrors.unreadable(place, e);
        }
    }

    private static byte[] read(InputStream in, String place) {
        try {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw KeyErrors.tooLarge(place, MOST_BYTES >> 20);
            }
            return bytes;
        } catch (IOException e) {
            throw KeyErrors.unreadable(place, e);
        }
    }

    private static KeySource ofLines(String name, byte[] bytes) {
        List<KeyLine> lines = new ArrayList<>();
        int start = startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        for (int number = 1; start < bytes.length; number++) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String place = "Line " + number + " of " + name;
            String text = text(bytes, start, end, place);
            if (!text.isBlank() && !text.startsWith(COMMENT)) {
                lines.add(new KeyLine(place, text));
            }
            start = end + 1;
        }
        return new KeySource(name, lines);
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /** The line without the carriage return that some editors put before the line feed. */
    private static String text(byte[] bytes, int start, int end, String place) {
        int length = end > start && bytes[end - 1] == '\r' ? end - 1 - start : end - start;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw KeyErrors.notUnicode(place);
        }
    }
}
