package io.vitrine.model;

import java.io.Serializable;
import java.util.List;

/**
 * The species whose particles are looked at, among all species of a simulation.
 *
 * @param species names of all species, by type
 * @param type the species looked at, an index into the names
 * @param exported types of the particles that exports hold, ascending, the one looked at among them
 */
public record Target(List<String> species, int type, List<Integer> exported)
    implements Serializable {
  /** The species of Kob and Andersen. */
  public static final List<String> A_AND_B = List.of("A", "B");

  private static final long serialVersionUID = 1L;

  /** A of A and B. */
  public static final Target A = new Target(A_AND_B, 0);

  /** Checks the indices. */
  public Target {
    species = List.copyOf(species);
    exported = exported.stream().sorted().distinct().toList();
    Check.within("type looked at", type, 0, species.size() - 1);
    for (int each : exported) {
      Check.within("type exported", each, 0, species.size() - 1);
    }
    if (!exported.contains(type)) {
      throw Check.refuse("types exported", "have the one looked at, " + type, exported);
    }
  }

  /** A species that exports hold alone. */
  public Target(List<String> species, int type) {
    this(species, type, List.of(type));
  }

  /** The species of a name. */
  public static Target named(List<String> species, String name) {
    return new Target(species, index(species, name));
  }

  private static int index(List<String> species, String name) {
    int type = species.indexOf(name);
    if (type < 0) {
      throw Check.refuse("--particles", "name one of the species " + species, "'" + name + "'");
    }
    return type;
  }

  /** The same where exports also hold these species. */
  public Target exporting(List<String> names) {
    List<Integer> types = new java.util.ArrayList<>(List.of(type));
    names.forEach(name -> types.add(index(species, name)));
    return new Target(species, type, types);
  }

  /** Whether exports hold others than the species looked at. */
  public boolean exportsOthers() {
    return exported.size() > 1;
  }

  /** Name of the species looked at. */
  public String name() {
    return species.get(type);
  }

  @Override
  public String toString() {
    return name();
  }
}
