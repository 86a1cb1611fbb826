package io.vitrine.pipelines.monitor;

import io.vitrine.streaming.io.feed.FrameScheme;
import io.vitrine.streaming.io.feed.FrameUri;
import java.util.Collection;

/**
 * How many threads a step of the dataflow gets in this process.
 *
 * <p>Beside a run that goes on, a quarter of the processors: what is computed of a frame takes 8%
 * of the CPU time that LAMMPS takes to the next one (docs/cost.md), three times that with other
 * features, so a quarter follows a run that fills the machine. Finished files and the built-in
 * engine get all processors. More than {@link #MOST} bring nothing but memory.
 */
final class Threads {
  private static final int MOST = 8;
  private static final int SHARE = 4;

  private Threads() {}

  /** The number for such sources on a machine of so many processors. */
  static int of(Collection<FrameUri> sources, int processors) {
    boolean beside =
        sources.stream()
            .map(FrameUri::scheme)
            .anyMatch(
                scheme ->
                    scheme == FrameScheme.FOLLOW
                        || scheme == FrameScheme.IMD
                        || scheme == FrameScheme.KAFKA);
    int wanted = beside ? (processors + SHARE - 1) / SHARE : processors;
    return Math.max(1, Math.min(MOST, wanted));
  }
}
