/**
 * {@code vitrine reproduce}: the stages, checks, figures and report of the paper. It runs other
 * commands by their command lines only.
 */
package io.vitrine.pipelines.paper;
