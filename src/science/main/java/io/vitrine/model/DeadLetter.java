package io.vitrine.model;

/**
 * A frame that could not be used, and why. Never dropped: counted, stored, shown.
 *
 * @param simulation identifier of the simulation
 * @param ordinal which frame of its source it was, from 0; with the simulation it names the letter
 * @param time its simulation time, tau; NaN where that could not be read
 * @param where file and place
 * @param reason what was found and what was expected
 */
public record DeadLetter(
    String simulation, long ordinal, double time, String where, String reason) {}
