/**
 * The files of a run folder: shards of windows and samples, exports made of them, training sets.
 *
 * <p>Every file is written aside and renamed when complete.
 */
package io.vitrine.format.run;
