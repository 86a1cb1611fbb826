/**
 * GSD files of the HOOMD schema: the file layer, the schema, a reader that follows a growing file
 * and a writer.
 *
 * <p>The layouts are those of the GSD specification, versions 1 and 2.
 */
package io.vitrine.format.gsd;
