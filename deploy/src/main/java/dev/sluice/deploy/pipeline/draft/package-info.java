/**
 * Drafts a pipeline for a database that the product has not seen before: reads the source, proposes a policy, writes a
 * pipeline file and a policy folder.
 *
 * <p>In here: {@link dev.sluice.deploy.pipeline.draft.PipelineDrafting} makes a {@link
 * dev.sluice.deploy.pipeline.draft.PipelineDraft} for a {@link dev.sluice.deploy.pipeline.draft.DraftRequest}: the
 * source's address is a {@link dev.sluice.deploy.pipeline.draft.SourceAddress}, the files go to a {@link
 * dev.sluice.deploy.pipeline.draft.DraftFolder}, which overwrites nothing; {@link
 * dev.sluice.deploy.pipeline.draft.PipelineText} is the text of the pipeline file, {@link
 * dev.sluice.deploy.pipeline.draft.SourceStatements} the SQL to run at the source, {@link
 * dev.sluice.deploy.pipeline.draft.DraftReport} the answer for people. Failures come from {@link
 * dev.sluice.deploy.pipeline.draft.DraftErrors}.
 *
 * <p>May come in: what is written for a user before the first run. What a source holds is read by {@code
 * cdc.capture.survey}; what is proposed belongs to {@code policy.propose}.
 *
 * <p>May use: {@code deploy}, {@code deploy.pipeline}, {@code cdc.access}, {@code cdc.capture}, {@code
 * cdc.capture.check}, {@code cdc.capture.postgres}, {@code cdc.capture.survey}, {@code cdc.finding}, {@code
 * cdc.registry}, {@code policy.propose}, {@code sinks.layout}.
 */
@NullMarked
package dev.sluice.deploy.pipeline.draft;

import org.jspecify.annotations.NullMarked;
