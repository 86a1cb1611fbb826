package io.vitrine.serving.alarms;

/**
 * Something a person should look at.
 *
 * @param kind one word, the metric's label
 * @param simulation which simulation; empty for the study
 * @param value the number that raised it; NaN where there is none
 * @param text what was found and what was expected
 */
public record Alarm(String kind, String simulation, double value, String text) {}
