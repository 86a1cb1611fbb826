/** One class a pipeline, and the command line. Says what is run, never where. */
package io.vitrine.pipelines;
