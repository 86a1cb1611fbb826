/** Plots of fits and histograms, as SVG, PNG and CSV. Nothing here computes what is plotted. */
package io.vitrine.pipelines.figures;
