/**
 * The molecular-dynamics engine: mixtures of any number of species in two or three dimensions,
 * their forces, their integrator, their inherent structures. Reduced units throughout; same
 * definition, seed and number of threads, same bytes.
 */
package io.vitrine.engine;
