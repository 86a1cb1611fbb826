/**
 * Ridge regression on a number for each particle, from sums that merge exactly in any order.
 * Nothing here keeps samples.
 */
package io.vitrine.learning.ridge;
