/**
 * Proposes a policy folder for a source that a survey has read: which words of the taxonomy fit each column, and which
 * person a row is about. Reads names, types, keys and comments, never a value. Whatever is unsure stays unclassified,
 * so the gateway hides it.
 *
 * <p>In here: {@link dev.sluice.policy.propose.CatalogProposer} turns surveyed tables into {@link
 * dev.sluice.policy.propose.ProposedTable}s with {@link dev.sluice.policy.propose.ProposedField}s. {@link
 * dev.sluice.policy.propose.SubjectFinder} finds the {@link dev.sluice.policy.propose.ProposedSubject} of each table
 * with the help of {@link dev.sluice.policy.propose.PersonTables}; {@link
 * dev.sluice.policy.propose.ColumnClassifier} answers with a {@link dev.sluice.policy.propose.TagProposal} for one
 * column and its {@link dev.sluice.policy.propose.ColumnFacts}, {@link dev.sluice.policy.propose.WordClassifier} does
 * so by the {@link dev.sluice.policy.propose.WordEntry}s of a {@link dev.sluice.policy.propose.WordList}; {@link
 * dev.sluice.policy.propose.NameWords} splits names. {@link dev.sluice.policy.propose.StarterTags} says what the rules
 * of the starter folder do to a tag. {@link dev.sluice.policy.propose.StarterFolder} writes the texts of the folder
 * with {@link dev.sluice.policy.propose.TableText} and {@link dev.sluice.policy.propose.YamlScalar}.
 *
 * <p>May come in: other evidence for a tag, as another {@link dev.sluice.policy.propose.ColumnClassifier}. Writing
 * files belongs to {@code deploy.pipeline.draft}; checking a folder belongs to {@code policy.review}.
 *
 * <p>May use: {@code policy.decision}, {@code cdc.capture.postgres}, {@code cdc.capture.survey}, {@code cdc.event},
 * {@code cdc.finding}.
 */
@NullMarked
package dev.sluice.policy.propose;

import org.jspecify.annotations.NullMarked;
