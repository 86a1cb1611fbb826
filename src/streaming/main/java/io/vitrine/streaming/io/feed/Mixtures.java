package io.vitrine.streaming.io.feed;

import io.vitrine.engine.Mixture;
import io.vitrine.format.FileTrouble;
import io.vitrine.model.Check;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Mixtures by name, as they are shipped, or by file. */
public final class Mixtures {
  /** The mixture where none is named. */
  public static final String DEFAULT = "kob-andersen";

  /** Names of the mixtures that are shipped; each is a file beside this class. */
  public static final List<String> SHIPPED =
      List.of(
          DEFAULT,
          "kob-andersen-2d",
          "kob-andersen-2d-ternary",
          "wahnstrom",
          "soft-spheres",
          "harmonic");

  private Mixtures() {}

  /**
   * A shipped mixture, that of a YAML file, or one that {@link #text} wrote down.
   *
   * @throws IllegalArgumentException naming file, key, rule and value of what is wrong
   */
  public static Mixture of(String nameOrFile) {
    if (SHIPPED.contains(nameOrFile)) {
      return shipped(nameOrFile);
    }
    if (nameOrFile.startsWith("{")) {
      return MixtureFile.parse(nameOrFile);
    }
    Path path = Path.of(nameOrFile);
    if (!Files.isRegularFile(path)) {
      throw Check.refuse(
          "mixture",
          "be " + String.join(", ", SHIPPED) + " or a YAML file that is there",
          "'" + nameOrFile + "'");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return MixtureFile.read(path.toString(), in);
    } catch (IOException e) {
      throw Check.refuse("mixture file " + path, "be readable", FileTrouble.reason(e));
    }
  }

  /**
   * What {@link #of} reads wherever it is: the name of a shipped mixture, at whichever density,
   * else its definition.
   */
  public static String text(Mixture mixture) {
    for (String name : SHIPPED) {
      Mixture same = shipped(name);
      if (mixture.withDensity(same.density()).equals(same)) {
        return name;
      }
    }
    return MixtureText.of(mixture);
  }

  private static Mixture shipped(String name) {
    String resource = "mixtures/" + name + ".yaml";
    try (InputStream in = Mixtures.class.getResourceAsStream(resource)) {
      return MixtureFile.read(resource, in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the shipped mixture " + name, e);
    }
  }
}
