/**
 * Answers of the command line in every output format.
 *
 * <p>In here: {@link dev.sluice.deploy.cli.output.Output} is the option {@code -o}; a command builds a {@link
 * dev.sluice.deploy.cli.output.Listing} (rows) or a {@link dev.sluice.deploy.cli.output.Sheet} (one object); {@link
 * dev.sluice.deploy.cli.output.Format} renders either, for people through {@link
 * dev.sluice.deploy.cli.output.TextTable}: as a {@link dev.sluice.deploy.cli.output.Grid}, {@link
 * dev.sluice.deploy.cli.output.Transposed} or as blocks, whose lines {@link dev.sluice.deploy.cli.output.Wrapped}
 * breaks and whose values {@link dev.sluice.deploy.cli.output.CellText} writes. {@link
 * dev.sluice.deploy.cli.output.StoredValue} turns a stored value into one that a listing holds. The same fields appear
 * in each format.
 *
 * <p>May come in: formats and layout. What is answered belongs to {@code ask}.
 *
 * <p>May use: {@code cdc.finding}; libraries: Jackson, picocli.
 */
@NullMarked
package dev.sluice.deploy.cli.output;

import org.jspecify.annotations.NullMarked;
