package dev.sluice.deploy.reset;

/**
 * Names one thing that a reset touches.
 *
 * @param act {@code delete}, {@code move} or {@code drop}
 * @param place path, topic, or the slot and the address of the source
 * @param bytes size on disk, 0 for what is not on this disk
 */
public record Affected(String act, String place, long bytes) {}
