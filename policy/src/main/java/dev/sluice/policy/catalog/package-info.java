/**
 * Reads a policy folder and checks what its files say.
 *
 * <p>In here: {@link dev.sluice.policy.catalog.PolicyFolder} is the checked folder; {@link
 * dev.sluice.policy.catalog.FolderReader} finds the files; {@link dev.sluice.policy.catalog.StrictYaml} reads one file,
 * with the words of {@link dev.sluice.policy.catalog.PlainScalar}, into a {@link dev.sluice.policy.catalog.Document}
 * that knows the line of every key; {@link dev.sluice.policy.catalog.DocumentShape} and {@link
 * dev.sluice.policy.catalog.DocumentShapes} check the form of each file, {@link dev.sluice.policy.catalog.Words} the
 * names that the files use of each other.
 *
 * <p>May come in: a further file of the folder, or a check that needs only the files. A check that needs a decision
 * goes to {@code policy.review}; a check of a decision goes to {@code PlanChecks} in {@code policy.decision}.
 *
 * <p>May use: {@code cdc.event}, {@code cdc.finding}, {@code policy}, {@code policy.decision}; Jackson, SnakeYAML.
 */
@NullMarked
package dev.sluice.policy.catalog;

import org.jspecify.annotations.NullMarked;
