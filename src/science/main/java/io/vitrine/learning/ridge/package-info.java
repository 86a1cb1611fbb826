/** Ridge regression on a continuous label, from sums that merge exactly in any order. */
package io.vitrine.learning.ridge;
