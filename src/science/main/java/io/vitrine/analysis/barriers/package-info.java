/**
 * From counts to barriers: rates, Kramers fits (dE, Sigma), the onset temperature T0 and their
 * errors. Counts come from rows of the store or a table; no frame is read here.
 */
package io.vitrine.analysis.barriers;
