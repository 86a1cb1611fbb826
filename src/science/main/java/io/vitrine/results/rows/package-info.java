/**
 * The rows of the results store as values, with their keys and cells.
 *
 * <p>No SQL and no connection; the statements are made of these in the package above.
 */
package io.vitrine.results.rows;
