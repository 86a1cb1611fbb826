/** {@code vitrine reproduce}: the stages, checks, figures and report of the paper. */
package io.vitrine.pipelines.paper;
