package dev.sluice.cdc.capture.postgres;

/**
 * Describes what the connected role may do.
 *
 * @param name role
 * @param superuser whether it may do anything
 * @param replication whether it may use replication slots
 * @param createsInDatabase whether it has CREATE on the database, as a publication needs
 */
public record RoleFacts(String name, boolean superuser, boolean replication, boolean createsInDatabase) {}
