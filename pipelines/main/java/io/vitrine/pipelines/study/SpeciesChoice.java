package io.vitrine.pipelines.study;

import io.vitrine.model.Check;
import io.vitrine.model.Particles;
import io.vitrine.model.Target;
import io.vitrine.pipelines.run.FailureException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is to be looked at, as {@code --particles} says it: names of species, {@code all}, or
 * nothing.
 *
 * @param names names asked for; empty for the default
 * @param all whether exports hold all particles
 */
public record SpeciesChoice(List<String> names, boolean all) {

  /** Reads the option; null for the default. */
  public static SpeciesChoice of(String text) {
    if (text == null || text.equals("all")) {
      return new SpeciesChoice(List.of(), text != null);
    }
    List<String> names = List.of(text.split(",", -1));
    if (names.stream().anyMatch(name -> !name.matches("\\S+"))) {
      throw Check.refuse("--particles", "be NAME, NAME,NAME or all", "'" + text + "'");
    }
    return new SpeciesChoice(names, false);
  }

  /**
   * The species looked at: the first one asked for; without, A where the species are A and B or one
   * has this name, else the one with most particles.
   *
   * @param where the input, for refusals
   * @param counts particles of each species, in the order of types
   */
  public Target choose(String where, Map<String, Integer> counts) throws FailureException {
    List<String> species = List.copyOf(counts.keySet());
    for (String name : names) {
      if (!species.contains(spelt(name, species))) {
        throw new FailureException(
            where + ": expected a species of --particles, found " + described(counts));
      }
    }
    String chosen =
        !names.isEmpty()
            ? spelt(names.get(0), species)
            : species.contains("A") ? "A" : mostNumerous(counts);
    if (counts.get(chosen) == 0) {
      throw new FailureException(
          String.format(
              "%s: no particle is %s, found %s (--particles NAME looks at others, names=OLD:NEW"
                  + " renames)",
              where, chosen, described(counts)));
    }
    return target(species, chosen);
  }

  /** The species that were chosen when a run began. */
  public Target chosenBefore(List<String> species, String before) {
    return target(species, names.isEmpty() ? before : spelt(names.get(0), species));
  }

  private Target target(List<String> species, String chosen) {
    return Target.named(species, chosen)
        .exporting(all ? species : names.stream().map(name -> spelt(name, species)).toList());
  }

  /** Names are taken as they are written; a and b may mean A and B. */
  private static String spelt(String name, List<String> species) {
    return species.contains(name) || !name.matches("[ab]")
        ? name
        : name.toUpperCase(java.util.Locale.ROOT);
  }

  private static String mostNumerous(Map<String, Integer> counts) {
    String most = null;
    for (Map.Entry<String, Integer> each : counts.entrySet()) {
      most = most == null || each.getValue() > counts.get(most) ? each.getKey() : most;
    }
    return most;
  }

  /** Numbers of particles of each species, in the order of types. */
  public static Map<String, Integer> counts(Particles particles) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int type = 0; type < particles.names().size(); type++) {
      counts.put(particles.names().get(type), particles.indicesOf(type).length);
    }
    return counts;
  }

  /** Species with their numbers of particles, for people. */
  public static String described(Map<String, Integer> counts) {
    return String.join(
        ", ", counts.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).toList());
  }
}
