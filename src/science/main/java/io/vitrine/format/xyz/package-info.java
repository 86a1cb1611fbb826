/**
 * Extended XYZ files, as ASE and OVITO write them.
 *
 * <p>Scanning text and finding rows lives in {@code format.text}.
 */
package io.vitrine.format.xyz;
