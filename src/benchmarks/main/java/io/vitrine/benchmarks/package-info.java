/**
 * What the kernels cost: JMH benchmarks, studies run by hand, and a worker that the compare script
 * times. No other module may depend on this one.
 */
package io.vitrine.benchmarks;
