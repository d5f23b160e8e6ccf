/** Raw records to change events. */
@NullMarked
package dev.sluice.cdc.decode;

import org.jspecify.annotations.NullMarked;
