package io.vitrine.analysis.bursts;

import io.vitrine.model.Frame;
import java.util.List;

/**
 * A burst of rearrangement with the frames of all its windows.
 *
 * @param simulation identifier of the simulation
 * @param firstMillis centre of its first window, ms
 * @param lastMillis centre of its last window, ms
 * @param peakHops most targets that rearrange in one of its windows
 * @param frames from half a window before the first centre to half a window after the last, by
 *     time, as far as their windows were complete
 * @param pHop of the targets at the time of each frame, sigma^2; null where its window was not
 *     complete
 */
public record Burst(
    String simulation,
    long firstMillis,
    long lastMillis,
    long peakHops,
    List<Frame> frames,
    List<double[]> pHop) {}
