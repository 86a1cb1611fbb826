/**
 * The values everything else speaks of: frames, boxes, particles, feature definitions, dead
 * letters.
 *
 * <p>Reduced Lennard-Jones units throughout: length sigma_AA, energy epsilon_AA, mass m, time tau =
 * sigma_AA sqrt(m / epsilon_AA).
 */
package io.vitrine.model;
