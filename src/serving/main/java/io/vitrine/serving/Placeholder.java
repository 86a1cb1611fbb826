package io.vitrine.serving;

/** Placeholder. */
final class Placeholder {}
