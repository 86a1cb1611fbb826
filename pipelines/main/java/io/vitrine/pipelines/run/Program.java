package io.vitrine.pipelines.run;

/** The program itself. */
public final class Program {
  /** Version of the program, stored with every model and run. */
  public static final String VERSION = "0.1.0";

  private Program() {}

  /** A word as one types it in a shell. */
  public static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
