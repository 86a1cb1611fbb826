package io.vitrine.pipelines.run;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * Lines at the end of a terminal that are drawn again in place, in the width and height there is.
 *
 * <p>Without a terminal (a pipe, a file, {@code TERM=dumb}) nothing is drawn: {@link #isThere} says
 * so. With {@code NO_COLOR} in the environment lines have no colours and no other attributes.
 */
public final class Screen implements AutoCloseable {
  private static final int USUAL_WIDTH = 80;
  private static final int USUAL_HEIGHT = 24;

  static {
    // What cannot be done with a terminal is no news: lines are printed instead.
    Logger.getLogger("org.jline").setLevel(Level.OFF);
  }

  private final Terminal terminal;
  private final Display display;
  private final boolean plain;
  private int width;
  private int height;
  private int drawnWidth;
  private int drawnHeight;
  private List<AttributedString> drawn = List.of();

  private Screen(Terminal terminal, boolean plain) {
    this.terminal = terminal;
    this.display = terminal == null ? null : new Display(terminal, false);
    this.plain = plain;
    measure();
  }

  /** The terminal behind standard output or standard error, where there is one. */
  public static Screen open(PrintStream people) {
    String noColor = System.getenv("NO_COLOR");
    boolean plain = noColor != null && !noColor.isEmpty();
    if (!isTerminal()) {
      return new Screen(null, plain);
    }
    try {
      return new Screen(
          TerminalBuilder.builder()
              .system(true)
              .systemOutput(people == System.err ? SystemOutput.SysErr : SystemOutput.SysOut)
              .dumb(false)
              .nativeSignals(false) // Ctrl-C belongs to Interrupts
              .build(),
          plain);
    } catch (IOException | IllegalStateException e) {
      return new Screen(null, plain);
    }
  }

  /** Whether standard input and output are a terminal that can be drawn on. */
  @SuppressWarnings("SystemConsoleNull") // Java 17 and 21, which the launcher checks for
  public static boolean isTerminal() {
    return System.console() != null && !"dumb".equals(System.getenv("TERM"));
  }

  /** Whether somebody looks. */
  public boolean isThere() {
    return terminal != null;
  }

  /** Columns a line may have. */
  public int width() {
    return width;
  }

  /** Lines there is room for. */
  public int height() {
    return height;
  }

  /** Whether the terminal has another size than when this was asked last. */
  public boolean isResized() {
    int oldWidth = width;
    int oldHeight = height;
    measure();
    return width != oldWidth || height != oldHeight;
  }

  private void measure() {
    Size size = terminal == null ? new Size(0, 0) : terminal.getSize();
    // The last column and the last row stay free: a terminal wraps or scrolls there.
    width = (size.getColumns() > 0 ? size.getColumns() : USUAL_WIDTH) - 1;
    height = (size.getRows() > 0 ? size.getRows() : USUAL_HEIGHT) - 1;
  }

  /** Draws these lines where those before were; longer ones are cut. */
  public void draw(List<AttributedString> lines) {
    if (terminal == null) {
      return;
    }
    if (width != drawnWidth || height != drawnHeight) {
      forget();
      display.resize(height + 1, width + 1);
    }
    List<AttributedString> cut = new ArrayList<>();
    for (AttributedString line : lines.subList(0, Math.min(lines.size(), height))) {
      AttributedString shown = plain ? new AttributedString(line.toString()) : line;
      cut.add(AttributedString.join(AttributedString.EMPTY, fit(shown), AttributedString.NEWLINE));
    }
    cut.add(AttributedString.EMPTY);
    display.update(cut, new Size(width + 1, height + 1).cursorPos(cut.size() - 1, 0));
    drawn = cut.subList(0, cut.size() - 1);
    drawnWidth = width;
    drawnHeight = height;
  }

  /**
   * Takes lines away that were drawn in another size: the terminal has wrapped those that are
   * longer than it is wide now.
   */
  private void forget() {
    int rows = 0;
    for (AttributedString line : drawn) {
      rows += Math.max(1, (line.columnLength() + width) / (width + 1));
    }
    if (rows > 0) {
      terminal.puts(Capability.parm_up_cursor, Math.min(rows, height));
      terminal.puts(Capability.carriage_return);
      terminal.puts(Capability.clr_eos);
    }
    drawn = List.of();
    display.reset();
  }

  private AttributedString fit(AttributedString line) {
    return line.columnLength() <= width ? line : line.columnSubSequence(0, Math.max(0, width));
  }

  /**
   * Takes the lines away, so that something can be printed in their place; says whether there were
   * any.
   */
  public boolean clear() {
    boolean were = !drawn.isEmpty();
    if (were) {
      forget();
      terminal.flush();
    }
    return were;
  }

  /** Leaves the lines as they are; what is printed goes below. */
  public void leave() {
    if (!drawn.isEmpty()) {
      display.reset();
      drawn = List.of();
    }
  }

  @Override
  public void close() {
    leave();
    if (terminal != null) {
      try {
        terminal.close();
      } catch (IOException e) {
        org.slf4j.LoggerFactory.getLogger(Screen.class).warn("terminal: {}", e.toString());
      }
    }
  }
}
