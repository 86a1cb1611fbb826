/**
 * What a run is asked to compute: window, features, training rules, inherent structures.
 *
 * <p>Values that check themselves; nothing here computes.
 */
package io.vitrine.analysis.spec;
