/**
 * Text files that may be compressed and may still grow: input, tokens, rows of atoms, the frames of
 * a text trajectory.
 *
 * <p>Nothing here knows a format.
 */
package io.vitrine.format.text;
