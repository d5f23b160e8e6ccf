package dev.sluice.policy.propose;

import dev.sluice.cdc.capture.survey.SurveyedColumn;

/**
 * Describes a column and the table around it, as far as a proposal needs it.
 *
 * @param column the column
 * @param table name of the table; of a partition the name of the partitioned table
 * @param key whether the column belongs to the primary key
 * @param people whether each row of the table is a person
 * @param subject whether each row belongs to one person
 */
public record ColumnFacts(SurveyedColumn column, String table, boolean key, boolean people, boolean subject) {}
