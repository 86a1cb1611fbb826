package io.vitrine.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Makes shipped start configurations from restart files of {@code vitrine simulate}: {@code
 * StartGenerator FOLDER FILE...}.
 *
 * <p>For each file it writes {@code FOLDER/start-N-T.bin} from the engine's state and prints U/N, P
 * and T by fifths of the frames the run has put out, which must not drift; where {@code
 * testdata/md} has LAMMPS values of that T, the mean over the later half beside them. Run from the
 * root of the repository.
 */
public final class StartGenerator {
  private static final Path REFERENCE = Path.of("testdata/md/md_reference_UPD.json");
  private static final int PARTS = 5;

  private StartGenerator() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    for (int a = 1; a < args.length; a++) {
      ship(Path.of(args[a]), Path.of(args[0]));
    }
  }

  private static void ship(Path file, Path folder) throws IOException {
    Restart restart = Restart.read(file);
    Simulation simulation = Simulation.restore(restart.snapshot());
    double temperature = simulation.temperature();
    String name = StartConfigurations.nameOf(simulation.count(), temperature) + ".bin";
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.write(restart.snapshot());
    }
    System.out.println(name + "  SHA-256 " + sha256(folder.resolve(name)));
    System.out.println("  made by: " + restart.request());
    List<double[]> rows = restart.rows();
    for (int k = 0; k < PARTS && rows.size() >= PARTS; k++) {
      int from = rows.size() * k / PARTS;
      int to = rows.size() * (k + 1) / PARTS;
      System.out.printf("  frames %d to %d: %s%n", from, to - 1, means(rows.subList(from, to)));
    }
    if (rows.size() >= PARTS) {
      System.out.printf(
          "  later half: %s%s%n",
          means(rows.subList(rows.size() / 2, rows.size())), reference(temperature));
    }
  }

  private static String reference(double temperature) throws IOException {
    for (JsonNode node : new ObjectMapper().readTree(REFERENCE.toFile())) {
      if (node.get("T").asDouble() == temperature) {
        return String.format(
            "; LAMMPS: U/N %.4f +- %.4f  P %.3f +- %.3f",
            node.get("U").get(0).asDouble(),
            node.get("U").get(1).asDouble(),
            node.get("P").get(0).asDouble(),
            node.get("P").get(1).asDouble());
      }
    }
    return "";
  }

  private static String means(List<double[]> rows) {
    double[] sums = new double[3];
    for (double[] row : rows) {
      for (int q = 0; q < sums.length; q++) {
        sums[q] += row[q] / rows.size();
      }
    }
    return String.format("U/N %.4f  P %.3f  T %.4f", sums[0], sums[1], sums[2]);
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
