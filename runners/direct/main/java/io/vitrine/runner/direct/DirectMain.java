package io.vitrine.runner.direct;

/** Placeholder. */
public final class DirectMain {}
