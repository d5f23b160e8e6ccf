package dev.sluice.deploy.planner;

/**
 * Says which offsets a partition holds.
 *
 * @param first offset of the oldest record that the broker still has
 * @param end offset after the last record that is committed
 */
public record TopicExtent(long first, long end) {}
