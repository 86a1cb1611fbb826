package io.vitrine.serving;

/**
 * Something a person should look at.
 *
 * @param kind one word, the metric's label
 * @param simulation which simulation; empty for the study
 * @param text what was found and what was expected
 */
public record Alarm(String kind, String simulation, String text) {}
