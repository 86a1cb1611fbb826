/**
 * What every command that runs shares: the run folder, the runtime, interrupts, exports, the JSON
 * summary, the page. Nothing here knows a particular command.
 */
package io.vitrine.pipelines.run;
