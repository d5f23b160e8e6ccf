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
 * Reads the members of a JSON object one by one, each exactly once, and refuses what is left over: an event of a later
 * version is never half understood. Not thread-safe.
 */
final class Fields {
    private final String where;
    private final Map<String, Object> left;

    Fields(String where, Map<?, ?> object) {
        this.where = where;
        this.left = new HashMap<>();
        object.forEach((name, value) -> left.put((String) name, value));
    }

    String where() {
        return where;
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    Optional<String> optionalText(String name) {
        return take(name, String.class);
    }

    long number(String name) {
        return take(name, Long.class).orElseThrow(() -> missing(name));
    }

    int count(String name) {
        long number = number(name);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw refused(name + " is out of range");
        }
        return (int) number;
    }

    Instant instant(String name) {
        String text = text(name);
        try {
            Instant instant = Instant.parse(text);
            if (instant.toString().equals(text)) {
                return instant;
            }
        } catch (DateTimeException notATime) {
            throw refused(name + " is not a time");
        }
        throw refused(name + " is not a time in its only spelling");
    }

    <T> T object(String name, Function<Fields, T> read) {
        return optionalObject(name, read).orElseThrow(() -> missing(name));
    }

    <T> Optional<T> optionalObject(String name, Function<Fields, T> read) {
        return take(name, Map.class).map(object -> whole(name, object, read));
    }

    <T> List<T> objects(String name, Function<Fields, T> read) {
        List<T> result = new ArrayList<>();
        for (Object element : take(name, List.class).orElseThrow(() -> missing(name))) {
            if (!(element instanceof Map<?, ?> object)) {
                throw refused(name + " holds something else than objects");
            }
            result.add(whole(name, object, read));
        }
        return result;
    }

    List<String> texts(String name) {
        List<String> result = new ArrayList<>();
        for (Object element : take(name, List.class).orElseThrow(() -> missing(name))) {
            if (!(element instanceof String text)) {
                throw refused(name + " holds something else than text");
            }
            result.add(text);
        }
        return result;
    }

    Map<String, String> textMap(String name) {
        Map<String, String> result = new TreeMap<>();
        Map<?, ?> members = take(name, Map.class).orElseThrow(() -> missing(name));
        members.forEach((key, value) -> {
            if (!(value instanceof String text)) {
                throw refused(name + " holds something else than text");
            }
            result.put((String) key, text);
        });
        return result;
    }

    private <T> T whole(String name, Map<?, ?> object, Function<Fields, T> read) {
        Fields fields = new Fields(where + " " + name, object);
        T result = read.apply(fields);
        fields.end();
        return result;
    }

    /** Refuses members that nobody asked for. */
    void end() {
        if (!left.isEmpty()) {
            throw refused("it has " + left.size() + " member(s) that this version does not know");
        }
    }

    LedgerException refused(String problem) {
        return LedgerErrors.unreadable(where, problem);
    }

    private LedgerException missing(String name) {
        return refused(name + " is missing");
    }

    private <T> Optional<T> take(String name, Class<T> type) {
        Object value = left.remove(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw refused(name + " has another type");
        }
        return Optional.of(type.cast(value));
    }
}
