/**
 * {@code vitrine info}: what a trajectory is, before anything runs. It judges frames as a run does,
 * and writes nothing.
 */
package io.vitrine.pipelines.info;
