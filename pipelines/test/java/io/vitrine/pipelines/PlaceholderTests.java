package io.vitrine.pipelines;

/** Placeholder. */
final class PlaceholderTests {}
