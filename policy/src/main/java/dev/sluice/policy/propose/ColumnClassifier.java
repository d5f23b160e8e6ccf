package dev.sluice.policy.propose;

/**
 * Proposes a word of the taxonomy for a column that points to no other table. The answer depends on nothing but the
 * facts: the same facts always get the same proposal. An implementation that is not sure proposes nothing, because a
 * wrong word can make a value readable and no word hides it. Thread-safe.
 */
public interface ColumnClassifier {

    /** The proposal for that column. */
    TagProposal classify(ColumnFacts facts);
}
