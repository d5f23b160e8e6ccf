package dev.sluice.masking.treat;

import dev.sluice.cdc.event.DataType;
import dev.sluice.masking.crypto.Base32;
import dev.sluice.masking.crypto.Framing;
import dev.sluice.masking.crypto.HmacSha256;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Replaces a value by a keyed pseudonym: the first 160 bits of HMAC-SHA-256 over the family of the type and the
 * canonical text, as 32 digits of base 32. The key belongs to one join domain, so equal values join inside the domain
 * and nowhere else. Numbers of every width are one family: {@code int32} 1, {@code int64} 1 and {@code decimal} 1.00
 * join; text {@code "1"} does not join with them. The form is frozen, because a change would break the join with stored
 * values.
 */
final class HmacToken implements EachValue.One {

    private static final int BYTES = 20;

    private final SecretKey key;
    private final DataType type;
    private final Normalization normalization;

    HmacToken(SecretKey key, DataType type, Normalization normalization) {
        this.key = key;
        this.type = type;
        this.normalization = normalization;
    }

    @Override
    public Object treat(Object value) {
        String text = normalization.of(Canonical.text(type, value));
        byte[] code = HmacSha256.of(key, Framing.utf8(family(type.kind()) + text));
        return Base32.encode(Arrays.copyOf(code, BYTES));
    }

    private static String family(DataType.TypeKind kind) {
        return switch (kind) {
            case INT32, INT64, DECIMAL, BIG_DECIMAL, FLOAT32, FLOAT64 -> "n:";
            case TEXT, UUID, ENUM, JSON, ARRAY, INTERVAL, TIME_WITH_ZONE -> "t:";
            case BOOLEAN -> "b:";
            case BYTES -> "x:";
            case DATE -> "d:";
            case TIME -> "h:";
            case TIMESTAMP -> "l:";
            case INSTANT -> "i:";
        };
    }
}
