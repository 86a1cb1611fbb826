/**
 * Interactive molecular dynamics (IMD versions 2 and 3): messages, client, server, and the spool
 * that keeps received frames in a GSD file.
 */
package io.vitrine.format.imd;
