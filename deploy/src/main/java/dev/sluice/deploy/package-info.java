/**
 * What the rooms of this module share: the one exception type, and {@link dev.sluice.deploy.NearestWord} for "did you
 * mean".
 *
 * <p>In here: {@link dev.sluice.deploy.DeployException}; the rooms in the order in which data and control pass them:
 * {@code home}, {@code key}, {@code pipeline}, {@code lifecycle}, {@code embedded}, {@code line}, {@code erasure},
 * {@code letter}, {@code batch}, {@code planner}, {@code gateway}, {@code reset}, {@code check}, {@code ask}, {@code
 * demo}, {@code log}, {@code cli}.
 *
 * <p>May come in: nothing that fits a room.
 *
 * <p>May use: {@code cdc}; libraries: Commons Text.
 */
@NullMarked
package dev.sluice.deploy;

import org.jspecify.annotations.NullMarked;
