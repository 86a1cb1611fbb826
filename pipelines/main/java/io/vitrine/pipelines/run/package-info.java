/**
 * What every command that runs shares: the run folder, the runtime, interrupts, exports, the page.
 */
package io.vitrine.pipelines.run;
