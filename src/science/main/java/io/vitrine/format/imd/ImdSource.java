package io.vitrine.format.imd;

import io.vitrine.format.trajectory.TypesFile;

/**
 * What is spooled.
 *
 * @param host where the engine listens
 * @param port where the engine listens
 * @param simulation identifier stamped on every frame
 * @param types who the particles are, in order of identifier, and the box where the stream has none
 * @param every simulation time between frames (tau), for streams that carry no time
 * @param patience how long to wait for an engine that went away, s; NaN: 5 s after a stream that
 *     ended in good order, 60 s after one that was lost
 */
public record ImdSource(
    String host, int port, String simulation, TypesFile types, double every, double patience) {
  /** How the peer is called in messages. */
  public String peer() {
    return "imd://" + host + ":" + port;
  }
}
