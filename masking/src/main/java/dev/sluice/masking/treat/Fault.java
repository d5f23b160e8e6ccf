package dev.sluice.masking.treat;

/** Says why a value cannot be treated. The name is the code of the dead letter. */
public enum Fault {
    /** The value is not of the class that the field's type names. */
    WRONG_TYPE("the value is not of the field's type"),
    /** The value is already ciphertext of this product: the record went through a gateway before. */
    DOUBLE_TOKEN("the value is sealed already"),
    /** The treated value does not fit the field's type. */
    OUT_OF_RANGE("the treated value does not fit the field's type"),
    /** The treatment failed on the value. */
    TREATMENT_FAILED("the treatment failed on the value");

    private final String text;

    Fault(String text) {
        this.text = text;
    }

    /** What is wrong, for the dead letter; never a data value. */
    public String text() {
        return text;
    }
}
