/** {@code vitrine compare-learners}: learners and features on the same streams. */
package io.vitrine.pipelines.compare;
