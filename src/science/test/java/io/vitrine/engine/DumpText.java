package io.vitrine.engine;

import io.vitrine.TestData;
import io.vitrine.model.Box;
import io.vitrine.model.Frame;
import io.vitrine.model.Particles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The columns of the sorted 17-digit dumps the engine is held against; not a reader. */
final class DumpText {
  private final List<Frame> frames = new ArrayList<>();
  private final List<double[]> forces = new ArrayList<>();
  private final List<double[]> energies = new ArrayList<>();

  private DumpText() {}

  static DumpText read(String name) {
    DumpText dump = new DumpText();
    try {
      List<String> lines = Files.readAllLines(TestData.file(name));
      for (int at = 0; at < lines.size(); ) {
        at = dump.readFrame(lines, at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return dump;
  }

  private int readFrame(List<String> lines, int at) {
    int n = Integer.parseInt(lines.get(at + 3));
    double edge = Double.parseDouble(lines.get(at + 5).split(" ", -1)[1]);
    List<String> columns = Arrays.asList(lines.get(at + 8).substring(12).split(" ", -1));
    int[] ids = new int[n];
    byte[] types = new byte[n];
    double[][] values = new double[columns.size()][n];
    for (int i = 0; i < n; i++) {
      String[] row = lines.get(at + 9 + i).split(" ", -1);
      for (int c = 0; c < columns.size(); c++) {
        values[c][i] = Double.parseDouble(row[c]);
      }
      ids[i] = (int) values[0][i];
      types[i] = (byte) (values[1][i] - 1);
    }
    int[] images = Arrays.stream(triples(values, columns, "ix")).mapToInt(v -> (int) v).toArray();
    long step = Long.parseLong(lines.get(at + 1));
    frames.add(
        Frame.of("reference")
            .at(step, step * 0.005)
            .box(Box.cube(edge))
            .particles(Particles.of(ids, types))
            .wrapped(triples(values, columns, "x"), images)
            .velocities(triples(values, columns, "vx"))
            .build());
    forces.add(triples(values, columns, "fx"));
    int energy = columns.indexOf("c_ep");
    energies.add(energy < 0 ? null : values[energy]);
    return at + 9 + n;
  }

  private static double[] triples(double[][] values, List<String> columns, String first) {
    int c = columns.indexOf(first);
    double[] out = new double[3 * values[0].length];
    for (int k = 0; k < out.length; k++) {
      out[k] = values[c + k % 3][k / 3];
    }
    return out;
  }

  Frame frame(int k) {
    return frames.get(k);
  }

  double[] forces(int k) {
    return forces.get(k);
  }

  double[] energies(int k) {
    return energies.get(k);
  }
}
