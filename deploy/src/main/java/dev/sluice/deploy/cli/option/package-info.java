/**
 * Options that several commands share.
 *
 * <p>In here: {@link dev.sluice.deploy.cli.option.HomeOption} ({@code --home}), {@link
 * dev.sluice.deploy.cli.option.PipelineOption} ({@code -f}), {@link dev.sluice.deploy.cli.option.PolicyOption} ({@code
 * --dir}), {@link dev.sluice.deploy.cli.option.KeyOption} ({@code --key}), {@link
 * dev.sluice.deploy.cli.option.TableParameter}, {@link dev.sluice.deploy.cli.option.LetterOption} ({@code --dataset},
 * {@code --code}), {@link dev.sluice.deploy.cli.option.LogOption} ({@code --log}), {@link
 * dev.sluice.deploy.cli.option.LoginOption} (role, password and proof of the server).
 *
 * <p>May come in: an option of more than one command.
 *
 * <p>May use: {@code cdc.access}, {@code deploy}, {@code deploy.ask}, {@code deploy.home}, {@code deploy.key}, {@code
 * deploy.log}, {@code deploy.letter}; libraries: picocli.
 */
@NullMarked
package dev.sluice.deploy.cli.option;

import org.jspecify.annotations.NullMarked;
