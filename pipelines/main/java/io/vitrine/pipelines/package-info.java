/**
 * The command line and its small commands. It says what is run, never where: runners are handed to
 * it.
 */
package io.vitrine.pipelines;
