package dev.sluice.policy.decision;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Evaluates {@code data.gate.plan} for an input document.
 *
 * <p>Safe for use by many threads. The same input always gets an equal answer. Time and memory of an evaluation are
 * limited. Every failure is a {@link dev.sluice.policy.PolicyException}; there is never an answer by default.
 */
public interface PolicyEngine extends AutoCloseable {

    /**
     * The decision document for that input, which the caller must check.
     *
     * @throws dev.sluice.policy.PolicyException when there is no answer
     */
    JsonNode evaluate(JsonNode input);

    /** Name and version, for plans and messages. */
    String engine();

    @Override
    void close();
}
