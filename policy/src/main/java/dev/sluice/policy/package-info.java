/**
 * The failures of this module: {@link dev.sluice.policy.PolicyException}, made by {@link
 * dev.sluice.policy.PolicyErrors}.
 */
@NullMarked
package dev.sluice.policy;

import org.jspecify.annotations.NullMarked;
