/**
 * What the packages of this module share: the one exception type of the module. The line through the module is {@code
 * event} (the model), {@code capture} (source to raw topics), {@code registry} (writer schemas), {@code decode} (raw
 * bytes to change events).
 */
@NullMarked
package dev.sluice.cdc;

import org.jspecify.annotations.NullMarked;
