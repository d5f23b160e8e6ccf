/**
 * Taking persons out of what is stored: {@link dev.sluice.sinks.erasure.Eraser} deletes their rows from every table
 * of the lake. Files that held them go when the tables are vacuumed.
 */
@NullMarked
package dev.sluice.sinks.erasure;

import org.jspecify.annotations.NullMarked;
