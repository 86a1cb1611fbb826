package io.vitrine.pipelines.run;

/** Something the user must know went wrong: one line, exit code 1. */
public final class FailureException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A failure with what was found, where, and what was expected. */
  public FailureException(String message) {
    super(message);
  }

  /** A failure with its cause, shown with {@code --debug}. */
  public FailureException(String message, Throwable cause) {
    super(message, cause);
  }
}
