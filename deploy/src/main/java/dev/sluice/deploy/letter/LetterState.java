package dev.sluice.deploy.letter;

/** Says what became of a dead letter. */
public enum LetterState {
    /** The record waits for an operator. */
    OPEN,
    /** The record has passed the line after all. */
    REPLAYED,
    /** An operator has given the record up. */
    DISCARDED;

    /** The state in small letters, as commands print it. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
