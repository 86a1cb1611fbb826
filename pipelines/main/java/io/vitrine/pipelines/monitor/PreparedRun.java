package io.vitrine.pipelines.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Conventions;
import io.vitrine.model.Target;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.HeapBound;
import io.vitrine.pipelines.run.Program;
import io.vitrine.pipelines.run.RunFolder;
import io.vitrine.pipelines.study.CheckedOptions;
import io.vitrine.pipelines.study.ModelSources;
import io.vitrine.pipelines.study.SpeciesChoice;
import io.vitrine.pipelines.study.StudySpec;
import io.vitrine.results.ResultsStore;
import io.vitrine.results.StoreException;
import io.vitrine.streaming.io.feed.FrameScheme;
import io.vitrine.streaming.io.feed.FrameUri;
import io.vitrine.streaming.transforms.Quencher;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A run that can start: the options agree with what the folder already holds, every source has been
 * looked at, and the number of samples kept of each tail is known.
 *
 * @param options what the user asked for
 * @param spec what is computed, with the number of samples kept of each tail
 * @param folder where the run is kept
 * @param store JDBC URL of the results store
 * @param looks what is known of each source before it is read; empty where the run is done
 */
record PreparedRun(
    CheckedOptions options,
    StudySpec spec,
    RunFolder folder,
    String store,
    Map<String, Preflight> looks) {
  private static final int SOME = 4;
  private static final String TAIL_CAPACITY = "tail_capacity";

  /** More samples of a tail would not fit into memory. */
  private static final int LARGEST_CAPACITY = 10_000_000;

  /** Looks at all that a run depends on; says to people what takes time. */
  static PreparedRun of(CheckedOptions options, RunFolder folder, PrintStream people)
      throws FailureException, StoreException {
    String store = options.storeUrl(folder);
    ResultsStore.check(store);
    JsonNode before = folder.description();
    StudySpec spec =
        before == null
            ? options.spec()
            : options.spec(
                chosenBefore(options.particles(), before.path("convention")),
                before.path("convention").path(Conventions.DIMENSIONS).asInt(3),
                before.path(TAIL_CAPACITY).asInt(options.spec().analysis().tailCapacity()));
    if (before != null && spec.hopEvents() && !before.path(StudySpec.HOP_EVENTS).asBoolean()) {
      people.println("This run began without hop events and goes on without them");
      spec = spec.withoutHopEvents();
    }
    refuseAnotherStudy(before, spec, folder);
    Map<String, Preflight> looks = new LinkedHashMap<>();
    if (!folder.isDone()) {
      for (FrameUri uri : spec.frames().values()) {
        looks.put(uri.id(), look(uri, spec.analysis(), options.until(), people));
      }
    }
    if (before == null) {
      Target targets = targets(options, looks);
      spec =
          options.spec(
              targets,
              dimensions(options, looks),
              capacity(looks, spec.analysis().withTargets(targets)));
    }
    refuseMissingDiameters(spec, looks);
    PreparedRun run = new PreparedRun(options, spec, folder, store, looks);
    run.tell(people);
    run.tellQuench(people);
    return run;
  }

  private static Target chosenBefore(SpeciesChoice choice, JsonNode convention) {
    List<String> species = new ArrayList<>();
    convention.path("species").forEach(name -> species.add(name.asText()));
    return choice.chosenBefore(
        species.isEmpty() ? Target.A.species() : species,
        convention.path("targets").asText(Target.A.name()));
  }

  /** The species looked at: one for all simulations, which must be of the same species. */
  private static Target targets(CheckedOptions options, Map<String, Preflight> looks)
      throws FailureException {
    Target common = null;
    for (Map.Entry<String, Preflight> look : looks.entrySet()) {
      Map<String, Integer> species = look.getValue().species();
      if (species == null) {
        continue;
      }
      String place = options.spec().frames().get(look.getKey()).place();
      String where = place.isEmpty() ? look.getKey() : place;
      Target target = options.particles().choose(where, species);
      if (common != null && !common.equals(target)) {
        throw new FailureException(
            String.format(
                "%s: expected the species of the simulation before, %s of %s, found %s of %s"
                    + " (names=OLD:NEW,... renames)",
                where, common, common.species(), target, target.species()));
      }
      common = target;
    }
    return common == null
        ? options.particles().chosenBefore(Target.A.species(), Target.A.name())
        : common;
  }

  private static void refuseMissingDiameters(StudySpec spec, Map<String, Preflight> looks)
      throws FailureException {
    for (Map.Entry<String, Preflight> look : looks.entrySet()) {
      if (spec.analysis().features().hasScaledDistances() && !look.getValue().sized()) {
        throw new FailureException(
            spec.frames().get(look.getKey())
                + ": expected diameters (--scale-distances diameter), found none");
      }
    }
  }

  /** The dimensions of space, of all simulations. */
  private static int dimensions(CheckedOptions options, Map<String, Preflight> looks)
      throws FailureException {
    String first = null;
    for (String id : looks.keySet()) {
      first = first == null ? id : first;
      if (looks.get(id).dimensions() != looks.get(first).dimensions()) {
        throw new FailureException(
            String.format(
                "%s: expected the %d dimensions of %s, found %d (--frames key dimensions)",
                options.spec().frames().get(id),
                looks.get(first).dimensions(),
                first,
                looks.get(id).dimensions()));
      }
    }
    return first == null ? 3 : looks.get(first).dimensions();
  }

  /** Names of simulations: the first few, and how many there are beside. */
  static String some(Collection<String> ids) {
    String first = ids.stream().limit(SOME).collect(Collectors.joining(", "));
    return first + (ids.size() > SOME ? " and " + (ids.size() - SOME) + " more" : "");
  }

  /** Says who is looked at, once for all simulations of which the same is said. */
  private void tell(PrintStream people) {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    looks.forEach(
        (id, look) -> {
          if (look.species() != null) {
            String thinned = look.thinned(spec.analysis().intervalMillis() / 1000.0);
            String text =
                look.describe(spec.analysis().targets())
                    + (thinned.isEmpty() ? "" : "; " + thinned);
            ids.computeIfAbsent(text, t -> new ArrayList<>()).add(id);
            String warning = look.warning(spec.analysis().features());
            if (!warning.isEmpty()) {
              ids.computeIfAbsent(warning, t -> new ArrayList<>()).add(id);
            }
            ModelSources.warnings(spec.models().values(), look.composition())
                .forEach(line -> ids.computeIfAbsent(line, t -> new ArrayList<>()).add(id));
          }
        });
    ids.forEach((text, those) -> people.println(some(those) + ": " + text));
    List<String> withoutT =
        spec.frames().values().stream()
            .filter(uri -> Double.isNaN(uri.temperature()))
            .map(FrameUri::id)
            .toList();
    if (!withoutT.isEmpty() && !folder.isDone()) {
      System.err.println(
          "vitrine: "
              + some(withoutT)
              + ": no T given (T= in the URI): without the temperature of the thermostat there are"
              + " no rates P_R(x, T), no barriers, and a wrong temperature raises no alarm");
    }
    if (spec.models().size() < options.spec().models().size()) {
      people.println(
          "No scores: the shipped classifier is of the species A and B in three dimensions, with"
              + " the standard radii (names=OLD:NEW renames)");
    }
  }

  private static void refuseAnotherStudy(JsonNode before, StudySpec spec, RunFolder folder)
      throws FailureException {
    if (before == null) {
      return;
    }
    List<String> differences = new ArrayList<>();
    differences("", before, spec.describe(), differences);
    if (!differences.isEmpty()) {
      throw new FailureException(
          folder.root()
              + ": holds a run with "
              + String.join("; ", differences)
              + " (take another --output, or --fresh, which moves the old run aside)");
    }
  }

  /** Where what was asked for is not what the folder holds, value by value. */
  private static void differences(
      String name, JsonNode before, JsonNode now, List<String> differences) {
    if (before == null || before.isMissingNode() || before.equals(now)) {
      return;
    }
    if (!before.isObject() || !now.isObject()) {
      differences.add(name + " " + text(before) + ", expected " + text(now));
      return;
    }
    Set<String> names = new TreeSet<>();
    now.fieldNames().forEachRemaining(names::add);
    // What older versions of the program did not write down is no difference at the top.
    if (!name.isEmpty()) {
      before.fieldNames().forEachRemaining(names::add);
    }
    for (String each : names) {
      String full = name.isEmpty() ? each : name + "." + each;
      if (!name.isEmpty() && !(before.has(each) && now.has(each))) {
        String has = before.has(each) ? text(before.get(each)) : "none";
        String wants = now.has(each) ? text(now.get(each)) : "none";
        differences.add(full + " " + has + ", expected " + wants);
      } else {
        differences(full, before.path(each), now.path(each), differences);
      }
    }
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }

  private static Preflight look(FrameUri uri, AnalysisSpec spec, double until, PrintStream people)
      throws FailureException {
    Preflight look = Preflight.of(uri, spec, until);
    if (uri.scheme() == FrameScheme.IMD) {
      people.println(uri.id() + ": connects as soon as an engine listens at imd:" + uri.place());
    }
    return look;
  }

  /** Tries what quenching costs, and whether it can be done. */
  private void tellQuench(PrintStream people) throws FailureException {
    for (Map.Entry<String, Preflight> look : looks.entrySet()) {
      FrameUri uri = spec.frames().get(look.getKey());
      double seconds = look.getValue().quenchSeconds(uri, spec.analysis());
      if (!Double.isNaN(seconds)) {
        people.printf(
            Locale.ROOT,
            "Quenching a frame of %s by the pairs of %s takes %.2f s of one core%n",
            uri.id(),
            Quencher.mixture(spec.analysis().quench()).name(),
            seconds);
      }
    }
  }

  /** Enough for the tails of the longest simulation; the option where a length is not known. */
  private static int capacity(Map<String, Preflight> looks, AnalysisSpec spec) {
    long largest = 0;
    for (Preflight look : looks.values()) {
      long targets = look.targets(spec.targets());
      if (look.frames() < 0 || targets < 0) {
        return spec.tailCapacity();
      }
      long windows = Math.max(0, look.frames() - spec.window().frames() + 1);
      largest = Math.max(largest, Math.round(spec.tailFraction() * windows * targets));
    }
    return (int) Math.max(1, Math.min(largest, LARGEST_CAPACITY));
  }

  /** Writes down what will run, with so many threads a step in this process, or 0 elsewhere. */
  void describe(String runner, int threads) throws FailureException {
    ObjectNode node = spec.describe();
    node.put(TAIL_CAPACITY, spec.analysis().tailCapacity());
    node.put("version", Program.VERSION);
    node.put("runner", runner);
    if (threads > 0) {
      node.put("threads", threads);
      node.put("heap_bytes", HeapBound.bytes());
    }
    node.put("store", store);
    if (options.keepWindows() > 0) {
      node.put("keep_windows", options.keepWindows());
    }
    ObjectNode frames = node.putObject("frames");
    spec.frames().forEach((id, uri) -> frames.put(id, uri.toString()));
    if (options.isUntilTyped()) {
      node.put("until", options.until());
    }
    folder.describe(node);
  }
}
