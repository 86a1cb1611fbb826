package io.vitrine.analysis;

/** Where what windows carry is kept between them: a map by kind and time, of one simulation. */
public interface Keep {
  /** What is kept. */
  enum Kind {
    /** A window that came early. */
    WINDOW,
    /** A frame by its time. */
    STRUCTURE,
    /** p_hop of the targets by its time. */
    P_HOP
  }

  /** Keeps bytes. */
  void put(Kind kind, long millis, byte[] bytes);

  /** What was put there. */
  byte[] get(Kind kind, long millis);

  /** Forgets. */
  void remove(Kind kind, long millis);
}
