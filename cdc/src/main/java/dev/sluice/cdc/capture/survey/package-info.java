/**
 * Reads what a source holds before it is captured: every table with columns, key and foreign keys, and why a table
 * cannot be captured. Changes nothing.
 *
 * <p>In here: {@link dev.sluice.cdc.capture.survey.SourceSurvey} asks the server with queries only and answers with one
 * {@link dev.sluice.cdc.capture.survey.SurveyedTable} for each table; its columns are {@link
 * dev.sluice.cdc.capture.survey.SurveyedColumn}s, its key and size are {@link
 * dev.sluice.cdc.capture.survey.TableStructure}, its references are {@link dev.sluice.cdc.capture.survey.ForeignKey}s;
 * {@link dev.sluice.cdc.capture.survey.ColumnTypes} turns a type of the server into the type that the line sees; {@link
 * dev.sluice.cdc.capture.survey.Obstacles} says why a table cannot be captured.
 *
 * <p>May come in: facts that a server's catalog holds about tables. What is missing for a capture of chosen tables
 * belongs to {@code cdc.capture.check}; what the facts mean for policy belongs to {@code policy.propose}.
 *
 * <p>May use: {@code cdc}, {@code cdc.access}, {@code cdc.capture.postgres}, {@code cdc.event}, {@code
 * cdc.finding}; {@code java.sql}.
 */
@NullMarked
package dev.sluice.cdc.capture.survey;

import org.jspecify.annotations.NullMarked;
