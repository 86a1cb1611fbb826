/** Help, man page and completion of the command line, all from its own options. */
package io.vitrine.pipelines.help;
