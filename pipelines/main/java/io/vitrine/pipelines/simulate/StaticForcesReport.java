package io.vitrine.pipelines.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.engine.Interactions;
import io.vitrine.engine.Mixture;
import io.vitrine.engine.StaticForces;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import io.vitrine.pipelines.run.JsonSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Forces and energies of one configuration, to a file, with U, W and P. */
final class StaticForcesReport {
  private StaticForcesReport() {}

  static void write(Path input, Mixture mixture, Path output, JsonSummary json) throws IOException {
    Frame frame;
    try (TrajectoryReader reader =
        Trajectories.open(input, ReaderOptions.finished("forces", 1.0), ReadPosition.START)) {
      frame = reader.next();
    }
    if (frame == null) {
      throw new IOException(input + ": holds no frame, expected one");
    }
    frame = frame.toBuilder().particles(mixture.typed(frame.particles())).build();
    Interactions interactions = mixture.interactions();
    StaticForces found = StaticForces.of(frame, interactions);
    Map<String, double[]> fields = new LinkedHashMap<>();
    String[] names = {"fx", "fy", "fz"};
    for (int d = 0; d < names.length; d++) {
      double[] component = new double[frame.count()];
      for (int i = 0; i < component.length; i++) {
        component[i] = found.forces()[3 * i + d];
      }
      fields.put(names[d], component);
    }
    fields.put("c_ep", found.energies());
    try (TrajectoryWriter writer = Trajectories.create(output)) {
      writer.write(frame, fields);
    }
    double pressure = found.pressure(frame, interactions);
    json.people()
        .println(
            "U "
                + found.energy()
                + "  W "
                + found.virial()
                + (Double.isNaN(pressure) ? "" : "  P " + pressure));
    json.people().println("  " + output);
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("U", found.energy());
    node.put("W", found.virial());
    if (Double.isNaN(pressure)) {
      node.putNull("P");
    } else {
      node.put("P", pressure);
    }
    node.put("output", output.toString());
    json.print(node);
  }
}
