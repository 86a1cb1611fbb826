/**
 * H5MD files: layout, elements that depend on time, a reader that follows a growing file and a
 * writer.
 *
 * <p>All bytes of HDF5 files pass through {@code H5Storage}, which refuses what lies beyond the
 * file.
 */
package io.vitrine.format.h5md;
