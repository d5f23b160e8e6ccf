package dev.sluice.audit;

import org.jspecify.annotations.Nullable;

/**
 * Reports that the ledger cannot do, or refuses to do, what the caller asked for. The data path must stop, because the
 * gateway acknowledges nothing without a ledger entry. The message says what is wrong, where, why and what to do, and
 * never holds a data value.
 */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String text;

    LedgerException(String code, String message, @Nullable Throwable cause) {
        super(code + " " + message, cause);
        this.code = code;
        this.text = code + " " + message;
    }

    @Override
    public String getMessage() {
        return text;
    }

    /** Returns the stable code, for example {@code AUD-003}. */
    public String code() {
        return code;
    }
}
