/** {@code vitrine simulate}: the engine to a file, to a topic or over IMD. */
package io.vitrine.pipelines.simulate;
