package dev.sluice.cdc.capture.value;

import io.debezium.data.SpecialValueDecimal;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.util.UUID;
import org.postgresql.jdbc.PgArray;
import org.postgresql.util.PGobject;

/** Makes texts of what driver and log give; both give the server's own text for most types. */
final class ExactTexts {

    private ExactTexts() {}

    /** The server's text. */
    static Object text(Object value) {
        if (value instanceof String || value instanceof UUID || value instanceof PgArray) {
            return value.toString();
        }
        if (value instanceof PGobject object) {
            return String.valueOf(object.getValue());
        }
        if (value instanceof SQLXML xml) {
            try {
                return xml.getString();
            } catch (SQLException e) {
                throw new IllegalArgumentException("XML that cannot be read", e);
            }
        }
        throw new IllegalArgumentException("no text is known of " + value.getClass());
    }

    /** A decimal with all its digits, or {@code NaN}, {@code Infinity}, {@code -Infinity}. */
    static Object numeric(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        SpecialValueDecimal number = (SpecialValueDecimal) value;
        return number.getDecimalValue().map(BigDecimal::toPlainString).orElseGet(() -> endless(number.toDouble()));
    }

    private static String endless(double value) {
        return Double.toString(value);
    }
}
