/** What the kernels cost: JMH benchmarks, and a worker that the compare script times. */
package io.vitrine.benchmarks;
