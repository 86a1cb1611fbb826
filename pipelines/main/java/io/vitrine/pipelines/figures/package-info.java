/** Plots of fits and histograms, as SVG, PNG and CSV. */
package io.vitrine.pipelines.figures;
