/**
 * Compact binary codecs of frames, particles and columns, for streams and shards.
 *
 * <p>Not meant for other programs; every record carries a checksum.
 */
package io.vitrine.format.wire;
