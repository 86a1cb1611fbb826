/**
 * Opens any trajectory by its content, waits for a file that is not there yet, and reads a sequence
 * of files as one.
 */
package io.vitrine.format.trajectory;
