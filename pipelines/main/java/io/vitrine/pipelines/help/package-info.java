/**
 * Help, manual page and completion of the command line, all made from its own options. Nothing here
 * names an option a second time.
 */
package io.vitrine.pipelines.help;
