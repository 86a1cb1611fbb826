/**
 * Coders of the values that travel between steps, on the byte forms that science defines. No Java
 * serialization of data.
 */
package io.vitrine.streaming.coders;
