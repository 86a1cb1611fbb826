/**
 * The molecular-dynamics engine: a binary Lennard-Jones mixture, its forces, its integrator, its
 * inherent structures. Reduced units throughout; one thread a simulation; same definition and seed,
 * same bytes.
 */
package io.vitrine.engine;
