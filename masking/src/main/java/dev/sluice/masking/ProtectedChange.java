package dev.sluice.masking;

import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.cdc.event.Source;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a change whose key, before image and after image went through the treatments of one plan. Only {@link
 * Protector} makes one. {@code toString} shows coordinates only.
 */
public final class ProtectedChange implements Guarded {

    private static final long serialVersionUID = 1L;

    private final Head head;
    private final RowSchema outputs;
    private final KeyTexts keys;
    private final Images images;
    private final @Nullable String subject;

    ProtectedChange(Head head, RowSchema outputs, KeyTexts keys, Images images, @Nullable String subject) {
        this.head = head;
        this.outputs = outputs;
        this.keys = keys;
        this.images = images;
        this.subject = subject;
    }

    /** What the change is and which plan treated it. */
    record Head(Origin origin, Source source, Change.Op op, String planId) implements Serializable {}

    /** Canonical texts of the treated key; null where there is none. */
    record KeyTexts(@Nullable String key, @Nullable String movedFrom, @Nullable String movedTo)
            implements Serializable {
        @Override
        public String toString() {
            return "KeyTexts[]";
        }
    }

    /** Treated images; null where there is none. */
    record Images(@Nullable Row before, @Nullable Row after) implements Serializable {}

    @Override
    public Origin origin() {
        return head.origin();
    }

    /** Where the change comes from in the source. */
    public Source source() {
        return head.source();
    }

    /** What happened to the row. */
    public Change.Op op() {
        return head.op();
    }

    /** The plan whose treatments were applied. */
    public String planId() {
        return head.planId();
    }

    /** The treated fields in source order: dropped fields are left out, key membership is kept. */
    public RowSchema outputs() {
        return outputs;
    }

    /**
     * The treated key as canonical text: a JSON array of strings, a null part as {@code null}, for example {@code
     * ["42"]}. Equal for every event of the row; empty for a truncate.
     */
    public Optional<String> keyText() {
        return Optional.ofNullable(keys.key());
    }

    /** The treated old key, when this insert is the second half of a key change. */
    public Optional<String> movedFrom() {
        return Optional.ofNullable(keys.movedFrom());
    }

    /** The treated new key, when this delete is the first half of a key change. */
    public Optional<String> movedTo() {
        return Optional.ofNullable(keys.movedTo());
    }

    /**
     * The treated image before the change, a row of {@link #outputs()}. Empty when the source sent none, and when it
     * belonged to another person who has been erased since.
     */
    public Optional<Row> before() {
        return Optional.ofNullable(images.before());
    }

    /** The treated image after the change, a row of {@link #outputs()}; what the source left out stays absent. */
    public Optional<Row> after() {
        return Optional.ofNullable(images.after());
    }

    /** Pseudonym of the person that the row is about; empty when the plan or the row names no person. */
    public Optional<String> subject() {
        return Optional.ofNullable(subject);
    }

    @Override
    public String toString() {
        return "ProtectedChange[" + origin().coordinates() + "]";
    }
}
