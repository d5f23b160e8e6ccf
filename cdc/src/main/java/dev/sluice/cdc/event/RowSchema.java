package dev.sluice.cdc.event;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lists the fields of a row in order, with a fingerprint of them.
 *
 * @param fields fields in source order, names unique
 * @param fingerprint {@code sha256:} and 64 hex digits over names, types, nullability and key membership
 */
public record RowSchema(List<Field> fields, String fingerprint) implements Serializable {

    public RowSchema {
        fields = List.copyOf(fields);
        long distinct = fields.stream().map(Field::name).distinct().count();
        if (distinct != fields.size()) {
            throw new IllegalArgumentException("A field name occurs twice in the schema.");
        }
    }

    /** A schema of these fields with its fingerprint computed. */
    public static RowSchema of(List<Field> fields) {
        String text = fields.stream()
                .map(f -> f.name() + "\u0000" + f.type().describe() + "\u0000" + f.nullable() + "\u0000" + f.key())
                .collect(Collectors.joining("\u0001"));
        return new RowSchema(fields, "sha256:" + sha256(text));
    }

    /** Position of the field, or -1 when there is none of that name. */
    public int indexOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java platform has no SHA-256.", e);
        }
    }
}
