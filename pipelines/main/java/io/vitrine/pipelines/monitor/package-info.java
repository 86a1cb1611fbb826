/**
 * {@code vitrine monitor}: prepares a run, starts the graph, watches it and finishes its files.
 * What it shares with other commands is in {@code run} and {@code study}.
 */
package io.vitrine.pipelines.monitor;
