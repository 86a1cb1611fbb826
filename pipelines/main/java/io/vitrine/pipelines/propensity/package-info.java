/** {@code vitrine propensity}: isoconfigurational ensembles by the built-in engine. */
package io.vitrine.pipelines.propensity;
