/**
 * <<<<<<< HEAD What is made of frames: the per-window analysis that stream and sequential model
 * share, the sequential model itself, and the statistics on their counters. ======= From counts to
 * physics: rearrangement probabilities, Kramers fits, the onset temperature and their errors.
 * >>>>>>> results
 */
package io.vitrine.analysis;
