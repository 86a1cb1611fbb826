/** {@code vitrine monitor}: prepares a run, starts the graph, watches it and finishes its files. */
package io.vitrine.pipelines.monitor;
