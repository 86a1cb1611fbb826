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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Makes shipped start configurations from restart files of {@code vitrine simulate}: {@code
 * StartGenerator FOLDER FILE...}.
 *
 * <p>Beside each restart file must lie the trajectory of its run, under the name it was written
 * with. All of it is judged; a start that is not in equilibrium is refused ({@link StartEvidence}).
 * Else {@code FOLDER/start-N-T-seed.bin} is written from the engine's state, and the evidence to a
 * JSON file of the same name; where {@code testdata/md} has LAMMPS values of that T, they are shown
 * beside it. Run from the root of the repository.
 */
public final class StartGenerator {
  private static final Path REFERENCE = Path.of("testdata/md/md_reference_UPD.json");
  private static final Pattern SEED = Pattern.compile(" seed=(\\d+) ");
  private static final Pattern START = Pattern.compile(" start=(\\S+)");
  private static final Pattern OUTPUT = Pattern.compile(" output=(\\S+)");

  private StartGenerator() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    boolean all = true;
    for (int a = 1; a < args.length; a++) {
      all &= ship(Path.of(args[a]), Path.of(args[0]));
    }
    if (!all) {
      System.exit(1);
    }
  }

  /** Ships one; false where it is refused. */
  static boolean ship(Path file, Path folder) throws IOException {
    Restart restart = Restart.read(file);
    Simulation simulation = Simulation.restore(restart.snapshot());
    double temperature = simulation.temperature();
    Path trajectory = file.resolveSibling(Path.of(found(OUTPUT, restart)).getFileName());
    StartEvidence evidence = StartEvidence.of(trajectory, simulation.count(), temperature);
    System.out.println(file.getFileName() + ": " + evidence);
    if (!evidence.refusal().isEmpty()) {
      System.out.println("  refused: " + evidence.refusal());
      return false;
    }
    int seed = Integer.parseInt(found(SEED, restart));
    String name = StartConfigurations.nameOf(simulation.count(), temperature, seed);
    Path made = folder.resolve(name + ".bin");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(made))) {
      out.write(restart.snapshot());
    }
    String command = command(restart, simulation, seed);
    Files.writeString(
        folder.resolve(name + ".json"), evidence.json(seed, command, sha256(made)) + "\n");
    System.out.println("  " + made.getFileName() + reference(temperature));
    return true;
  }

  /** What made it, with the name of the file it began from but not its folder. */
  private static String command(Restart restart, Simulation simulation, int seed) {
    String start = Path.of(found(START, restart)).getFileName().toString();
    return "./vitrine simulate --T "
        + simulation.temperature()
        + " --seed "
        + seed
        + (start.equals("null") ? " --N " + simulation.count() : " --start " + start)
        + " --until "
        + (restart.rows().size() - 1);
  }

  private static String found(Pattern pattern, Restart restart) {
    Matcher matcher = pattern.matcher(restart.request());
    if (!matcher.find()) {
      throw new IllegalArgumentException(
          "a restart file must say" + pattern + ", but says '" + restart.request() + "'");
    }
    return matcher.group(1);
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

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
