/**
 * The contract of trajectories: readers, writers, positions to resume from and how a bad frame is
 * reported.
 *
 * <p>Each file standard has a package of its own below this one. Nothing here opens a file by its
 * name.
 */
package io.vitrine.format;
