package io.vitrine.benchmarks;

/** Placeholder. */
final class Placeholder {}
