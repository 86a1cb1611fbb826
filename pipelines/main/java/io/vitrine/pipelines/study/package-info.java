/**
 * What a run was asked for: options as typed, study files, where each option came from, and the
 * checked result. Nothing here opens the run folder or starts anything.
 */
package io.vitrine.pipelines.study;
