/**
 * The command line on Flink, embedded in the process or on a cluster: how jobs are started, watched
 * and stopped, and where their checkpoints are. Nothing else may depend on this runner.
 */
package io.vitrine.runner.flink;
