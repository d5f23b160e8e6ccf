/**
 * The pipeline file: {@link dev.sluice.deploy.pipeline.PipelineFile} reads YAML into a {@link
 * dev.sluice.deploy.pipeline.Pipeline}, or reports every {@link dev.sluice.deploy.pipeline.Problem} at once with its
 * line.
 */
@NullMarked
package dev.sluice.deploy.pipeline;

import org.jspecify.annotations.NullMarked;
