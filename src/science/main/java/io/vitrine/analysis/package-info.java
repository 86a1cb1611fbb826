/**
 * What is made of frames: the per-window analysis that stream and sequential model share, the
 * sequential model itself, and the statistics on their counters.
 */
package io.vitrine.analysis;
