package io.vitrine.runner.flink;

/** Placeholder. */
public final class FlinkMain {}
