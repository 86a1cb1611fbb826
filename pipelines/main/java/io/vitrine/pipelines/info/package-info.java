/** What a trajectory is, before anything runs. */
package io.vitrine.pipelines.info;
