/**
 * Which samples a training set gets: tails, keyed draws, quiet runs, peaks of hops.
 *
 * <p>Selections in a total order, so the result does not depend on the order of arrival.
 */
package io.vitrine.learning.sampling;
