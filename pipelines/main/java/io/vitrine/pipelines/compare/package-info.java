/**
 * {@code vitrine compare-learners}: learners and features on the same windows of the same streams.
 * Nothing here trains in another way than {@code train} does.
 */
package io.vitrine.pipelines.compare;
