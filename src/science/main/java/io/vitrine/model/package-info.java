/**
 * The values that all packages share: frames, boxes, particles, feature definitions, training sets,
 * dead letters. Nothing here computes.
 *
 * <p>Reduced Lennard-Jones units throughout: length sigma_AA, energy epsilon_AA, mass m, time tau =
 * sigma_AA sqrt(m / epsilon_AA).
 */
package io.vitrine.model;
