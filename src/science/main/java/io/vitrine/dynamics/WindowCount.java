package io.vitrine.dynamics;

/**
 * Numbers the complete windows of one simulation while its frames pass in order: a window is
 * complete with every frame that follows enough others without a gap.
 *
 * <p>The number of a window is that of the complete windows before it: 0, 1, 2, ... So whoever gets
 * windows in any order knows, from the number alone, whether one is missing; no clock and no
 * watermark is asked.
 *
 * @param lastMillis time of the newest frame, ms
 * @param run frames without a gap up to the newest, itself included
 * @param windows complete windows so far
 */
public record WindowCount(long lastMillis, long run, long windows) {
  /** Before the first frame. */
  public static final WindowCount START = new WindowCount(Long.MIN_VALUE, 0, 0);

  /**
   * After one frame more.
   *
   * @param millis its time on the grid
   * @param intervalMillis distance of the grid points
   * @param frames of a complete window
   */
  public WindowCount next(long millis, long intervalMillis, int frames) {
    long now = run > 0 && millis == lastMillis + intervalMillis ? run + 1 : 1;
    return new WindowCount(millis, now, windows + (now >= frames ? 1 : 0));
  }
}
