package io.vitrine.dynamics;

/** The frames of a simulation cannot be used from here on: what was found and what was expected. */
public final class UnusableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableException(String reason) {
    super(reason);
  }
}
