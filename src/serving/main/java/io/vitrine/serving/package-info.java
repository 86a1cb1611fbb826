/**
 * One page and one metrics address over a results store: reads, never writes; knows nothing of how
 * or where frames are processed.
 */
package io.vitrine.serving;
