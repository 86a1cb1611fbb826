/** What a run was asked for: options, study files, where each option came from. */
package io.vitrine.pipelines.study;
