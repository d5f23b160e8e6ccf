/**
 * Answers of the command line in every output format.
 *
 * <p>A command builds a {@link dev.sluice.deploy.report.Listing} (rows) or a {@link dev.sluice.deploy.report.Sheet}
 * (one object); {@link dev.sluice.deploy.report.Format} renders it. The same fields appear in each format.
 */
@NullMarked
package dev.sluice.deploy.report;

import org.jspecify.annotations.NullMarked;
