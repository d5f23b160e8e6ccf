package dev.sluice.audit.event;

import dev.sluice.audit.LedgerErrors;
import dev.sluice.audit.LedgerException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Takes the members of a JSON object one by one, each exactly once. {@link #end} refuses an object with members left,
 * so an event of a later version is never read in part. Not thread-safe.
 */
final class Fields {
    private final String where;
    private final Map<String, Object> left;

    /**
     * Starts with all members of an object.
     *
     * @param where names the object in messages
     */
    Fields(String where, Map<?, ?> object) {
        this.where = where;
        this.left = new HashMap<>();
        object.forEach((name, value) -> left.put((String) name, value));
    }

    /** Returns the name of the object for messages. */
    String where() {
        return where;
    }

    /** Takes a text. The take methods throw AUD-011 when the member is missing or has another type. */
    String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    /** Takes a text that may be missing. */
    Optional<String> optionalText(String name) {
        return take(name, String.class);
    }

    /** Takes a whole number. */
    long number(String name) {
        return take(name, Long.class).orElseThrow(() -> missing(name));
    }

    /** Takes a whole number from 0 to 2^31 - 1. */
    int count(String name) {
        long number = number(name);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw refused("the member " + name + " is out of range");
        }
        return (int) number;
    }

    /** Takes a time in the canonical form of {@link Instant}. */
    Instant instant(String name) {
        String text = text(name);
        try {
            Instant instant = Instant.parse(text);
            if (instant.toString().equals(text)) {
                return instant;
            }
        } catch (DateTimeException notATime) {
            throw refused("the member " + name + " is not a time", notATime);
        }
        throw refused("the member " + name + " is not a time in canonical form");
    }

    /** Takes an object and passes its members to a reader, which must take them all. */
    <T> T object(String name, Function<Fields, T> read) {
        return optionalObject(name, read).orElseThrow(() -> missing(name));
    }

    /** Takes an object that may be missing. */
    <T> Optional<T> optionalObject(String name, Function<Fields, T> read) {
        return take(name, Map.class).map(object -> whole(name, object, read));
    }

    /** Takes a list of objects. */
    <T> List<T> objects(String name, Function<Fields, T> read) {
        List<T> result = new ArrayList<>();
        for (Object element : take(name, List.class).orElseThrow(() -> missing(name))) {
            if (!(element instanceof Map<?, ?> object)) {
                throw refused("the member " + name + " holds something other than objects");
            }
            result.add(whole(name, object, read));
        }
        return result;
    }

    /** Takes a list of texts. */
    List<String> texts(String name) {
        List<String> result = new ArrayList<>();
        for (Object element : take(name, List.class).orElseThrow(() -> missing(name))) {
            if (!(element instanceof String text)) {
                throw refused("the member " + name + " holds something other than text");
            }
            result.add(text);
        }
        return result;
    }

    /** Takes an object whose members are all texts. */
    Map<String, String> textMap(String name) {
        Map<String, String> result = new TreeMap<>();
        Map<?, ?> members = take(name, Map.class).orElseThrow(() -> missing(name));
        members.forEach((key, value) -> {
            if (!(value instanceof String text)) {
                throw refused("the member " + name + " holds something other than text");
            }
            result.put((String) key, text);
        });
        return result;
    }

    private <T> T whole(String name, Map<?, ?> object, Function<Fields, T> read) {
        Fields fields = new Fields(where + ", member " + name, object);
        T result = read.apply(fields);
        fields.end();
        return result;
    }

    /** Throws AUD-011 when the object has members that no reader took. */
    void end() {
        if (!left.isEmpty()) {
            throw refused("this release does not know all members of the object; unknown are " + left.size());
        }
    }

    /** Makes the exception for an object that cannot be read; the problem completes a sentence. */
    LedgerException refused(String problem) {
        return LedgerErrors.unreadable(where, problem);
    }

    LedgerException refused(String problem, Exception cause) {
        return LedgerErrors.unreadable(where, problem, cause);
    }

    private LedgerException missing(String name) {
        return refused("the member " + name + " is missing");
    }

    private <T> Optional<T> take(String name, Class<T> type) {
        Object value = left.remove(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw refused("the member " + name + " has another type");
        }
        return Optional.of(type.cast(value));
    }
}
