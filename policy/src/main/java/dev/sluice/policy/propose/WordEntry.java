package dev.sluice.policy.propose;

import dev.sluice.cdc.event.DataType.TypeKind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * A line of the word list.
 *
 * @param words the words without blanks, so that {@code firstname} and {@code first_name} are one
 * @param whole whether the words must be the whole column name
 * @param types types that the tag fits
 * @param where tables in which the tag fits
 * @param meaning what is proposed
 */
record WordEntry(String words, boolean whole, Set<TypeKind> types, Where where, TagProposal meaning) {

    /** The tables in which a tag fits. */
    enum Where {
        /** Tables of people. */
        PERSON,
        /** Tables of people, and of things that belong to one person. */
        ABOUT,
        /** Tables that are not of people. */
        THING,
        /** Primary keys of tables that are not of people. */
        KEY,
        /** All tables. */
        ANYWHERE
    }

    WordEntry {
        types = Set.copyOf(types);
    }

    /** The entry of that line. */
    static WordEntry parse(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != 5) {
            throw new IllegalArgumentException("a line of the word list has five cells: " + line);
        }
        boolean whole = cells[0].startsWith("=") || cells[3].startsWith(StarterTags.SYSTEM);
        EnumSet<TypeKind> types = EnumSet.noneOf(TypeKind.class);
        for (String type : cells[1].split(" ", -1)) {
            types.addAll(types(type));
        }
        return new WordEntry(
                cells[0].replaceAll("[= ]", ""),
                whole,
                types,
                Where.valueOf(cells[2].toUpperCase(Locale.ROOT)),
                new TagProposal(cells[3], cells[4]));
    }

    /** Whether the tag makes a value readable, as all facts about things are. */
    boolean readable() {
        return meaning.tag().orElse("").startsWith(StarterTags.SYSTEM);
    }

    private static Set<TypeKind> types(String name) {
        return switch (name) {
            case "text" -> EnumSet.of(TypeKind.TEXT);
            case "number" -> EnumSet.of(
                    TypeKind.INT32,
                    TypeKind.INT64,
                    TypeKind.DECIMAL,
                    TypeKind.BIG_DECIMAL,
                    TypeKind.FLOAT32,
                    TypeKind.FLOAT64);
            case "date" -> EnumSet.of(TypeKind.DATE);
            case "time" -> EnumSet.of(TypeKind.TIMESTAMP, TypeKind.INSTANT);
            case "boolean" -> EnumSet.of(TypeKind.BOOLEAN);
            case "enum" -> EnumSet.of(TypeKind.ENUM);
            case "uuid" -> EnumSet.of(TypeKind.UUID);
            case "bytes" -> EnumSet.of(TypeKind.BYTES);
            case "json" -> EnumSet.of(TypeKind.JSON);
            case "list" -> EnumSet.of(TypeKind.ARRAY);
            case "any" -> EnumSet.allOf(TypeKind.class);
            default -> throw new IllegalArgumentException("unknown type in the word list: " + name);
        };
    }
}
