/**
 * {@code vitrine simulate}: the engine to a file, to a topic or over IMD. The engine itself is in
 * science.
 */
package io.vitrine.pipelines.simulate;
