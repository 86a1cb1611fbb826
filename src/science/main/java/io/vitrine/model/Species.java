package io.vitrine.model;

/** The two components of the mixture. In type arrays A is 0, B is 1. */
public enum Species {
  /** The large particles, 80% of the Kob-Andersen mixture. */
  A((byte) 0),
  /** The small particles. */
  B((byte) 1);

  /** How many species there are. */
  public static final int COUNT = 2;

  private final byte type;

  Species(byte type) {
    this.type = type;
  }

  /** This species as it stands in type arrays. */
  public byte type() {
    return type;
  }
}
