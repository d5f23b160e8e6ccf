/**
 * Reads and writes the keys of rows and the names of people, as they stand on the command line, in files and on
 * standard input.
 *
 * <p>In here: {@link dev.sluice.deploy.key.KeyText}, the key of a row, with its two written forms; {@link
 * dev.sluice.deploy.key.PersonText}, a kind of person and a key; {@link dev.sluice.deploy.key.KeySource}, which finds
 * the keys that an option names: in the option itself, in a file or on standard input. {@code ShortForm} and {@code
 * JsonForm} are the two forms, {@code KeyErrors} has the messages.
 *
 * <p>May come in: what else reads or writes a key as text. What looks a key up in a table or in the control database
 * stands with its command.
 *
 * <p>May use: {@code deploy}, {@code masking.treat}; Jackson.
 */
@NullMarked
package dev.sluice.deploy.key;

import org.jspecify.annotations.NullMarked;
