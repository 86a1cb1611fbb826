/** Coders of the values that travel between steps. */
package io.vitrine.streaming.coders;
