package io.vitrine.streaming;

/** Placeholder. */
final class Placeholder {}
