/**
 * From counts to physics: rearrangement probabilities, Kramers fits, the onset temperature and
 * their errors.
 */
package io.vitrine.analysis;
