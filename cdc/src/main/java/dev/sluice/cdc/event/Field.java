package dev.sluice.cdc.event;

import java.io.Serializable;

/**
 * Describes one field of a row.
 *
 * @param name column name as the source spells it
 * @param type type of the values
 * @param nullable whether null is a legal value
 * @param key whether the field is part of the row key
 */
public record Field(String name, DataType type, boolean nullable, boolean key) implements Serializable {}
