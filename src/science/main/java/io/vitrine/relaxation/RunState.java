package io.vitrine.relaxation;

import java.nio.ByteBuffer;

/** The few numbers a tracker keeps of the run as a whole: where it is, and the series in time. */
final class RunState {
  /** Blocks of the series at first, frames. */
  private static final int SHORTEST = 8;

  private static final byte VERSION = 1;

  long firstMillis;
  long last = -1;
  int levels;
  int cuts;
  int[] particles = {};

  /** Columns: value, its square. */
  TimeBlocks energy = TimeBlocks.of(2, SHORTEST);

  TimeBlocks pressure = TimeBlocks.of(2, SHORTEST);
  TimeBlocks temperature = TimeBlocks.of(2, SHORTEST);

  /** Columns: S_cc of the first shell, mean beyond. */
  TimeBlocks composition = TimeBlocks.of(2, SHORTEST);

  double wavenumber = Double.NaN;
  int shortest;
  int beyond;
  double largest = Double.NaN;
  int vectors;

  byte[] encode() {
    ByteBuffer out =
        ByteBuffer.allocate(
            1
                + 8
                + 8
                + 4
                + 4
                + 4
                + 4 * particles.length
                + energy.bytes()
                + pressure.bytes()
                + temperature.bytes()
                + composition.bytes()
                + 8
                + 4
                + 4
                + 8
                + 4);
    out.put(VERSION).putLong(firstMillis).putLong(last).putInt(levels).putInt(cuts);
    out.putInt(particles.length);
    for (int n : particles) {
      out.putInt(n);
    }
    energy.write(out);
    pressure.write(out);
    temperature.write(out);
    composition.write(out);
    out.putDouble(wavenumber).putInt(shortest).putInt(beyond).putDouble(largest).putInt(vectors);
    return out.array();
  }

  static RunState decode(byte[] bytes) {
    RunState run = new RunState();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte version = in.get();
    if (version != VERSION) {
      throw io.vitrine.model.Check.refuse("version of a stored run", "be " + VERSION, version);
    }
    run.firstMillis = in.getLong();
    run.last = in.getLong();
    run.levels = in.getInt();
    run.cuts = in.getInt();
    run.particles = new int[in.getInt()];
    for (int s = 0; s < run.particles.length; s++) {
      run.particles[s] = in.getInt();
    }
    run.energy = TimeBlocks.read(in);
    run.pressure = TimeBlocks.read(in);
    run.temperature = TimeBlocks.read(in);
    run.composition = TimeBlocks.read(in);
    run.wavenumber = in.getDouble();
    run.shortest = in.getInt();
    run.beyond = in.getInt();
    run.largest = in.getDouble();
    run.vectors = in.getInt();
    return run;
  }
}
