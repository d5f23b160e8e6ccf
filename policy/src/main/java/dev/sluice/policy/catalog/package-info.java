/**
 * The policy folder.
 *
 * <p>In order: {@link dev.sluice.policy.catalog.StrictYaml} reads one file into a {@link
 * dev.sluice.policy.catalog.Document} that knows the line of everything; {@link
 * dev.sluice.policy.catalog.FolderReader} reads them all, {@code DocumentShapes} and {@code Words} check them and collect every
 * fault; {@link dev.sluice.policy.catalog.PolicyFolder} is the result.
 */
@NullMarked
package dev.sluice.policy.catalog;

import org.jspecify.annotations.NullMarked;
