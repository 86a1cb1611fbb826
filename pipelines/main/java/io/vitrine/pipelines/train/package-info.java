/**
 * {@code vitrine train}: a classifier from training sets, or a ridge regression from
 * configurations; also called at the end of a run. The learners are in science.
 */
package io.vitrine.pipelines.train;
