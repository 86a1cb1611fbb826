/**
 * {@code vitrine propensity}: isoconfigurational ensembles by the built-in engine. Learning from
 * them is in {@code train}.
 */
package io.vitrine.pipelines.propensity;
