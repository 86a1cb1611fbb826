package io.vitrine.pipelines;

/** Whether somebody looks. */
final class Terminal {
  private Terminal() {}

  /** True when standard input and output are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // Java 17 and 21, which the launcher checks for
  static boolean isThere() {
    return System.console() != null;
  }
}
