/** How this module fails: one exception type, and one list of everything that can be wrong with it. */
@NullMarked
package dev.sluice.masking.error;

import org.jspecify.annotations.NullMarked;
