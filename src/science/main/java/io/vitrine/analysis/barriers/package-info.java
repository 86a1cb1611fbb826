/**
 * From counts to barriers: rates, Kramers fits (dE, Sigma), the onset temperature T0 and their
 * errors.
 */
package io.vitrine.analysis.barriers;
