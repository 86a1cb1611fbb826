/**
 * LAMMPS text dumps and data files.
 *
 * <p>Scanning text and finding rows lives in {@code format.text}.
 */
package io.vitrine.format.lammps;
