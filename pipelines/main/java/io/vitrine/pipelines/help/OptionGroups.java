package io.vitrine.pipelines.help;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a command by what they are for; those that matter most come first. */
public final class OptionGroups {
  /** The one group of a command that has no others. */
  public static final String ALL = "Options";

  private static final String OTHERS = "Others";

  private static final Map<String, List<String>> MONITOR = new LinkedHashMap<>();

  static {
    MONITOR.put(
        "First of all",
        List.of(
            "--frames",
            "--until",
            "--output",
            "--ui",
            "--model",
            "--train",
            "--export",
            "--study"));
    MONITOR.put("Input", List.of("--particles", "--until-quiet"));
    MONITOR.put(
        "What is computed",
        List.of(
            "--window",
            "--lag",
            "--convention",
            "--hop-threshold",
            "--quench",
            "--mixture",
            "--wavevector",
            "--overlap",
            "--radii",
            "--delta",
            "--scale-distances",
            "--no-model",
            "--no-hop-events"));
    MONITOR.put(
        "Learning",
        List.of(
            "--learner",
            "--features",
            "--tail-fraction",
            "--tail-capacity",
            "--label",
            "--thin",
            "--immobile-vs-random",
            "--quiet",
            "--softness-size",
            "--one-per-hop"));
    MONITOR.put(
        "Output",
        List.of(
            "--store",
            "--keep-windows",
            "--at",
            "--export-part",
            "--capture",
            "--capture-space",
            "--alarm-command",
            "--ui-exit",
            "--silent",
            "--json"));
    MONITOR.put("Running", List.of("--fresh", "--threads", "--runner", "--print-config"));
    MONITOR.put("On a cluster", List.of("--flink-master", "--parallelism", "--block", "--detach"));
  }

  private OptionGroups() {}

  /** Options that are shown, by the heading of their group; each in one group. */
  public static Map<String, List<OptionSpec>> of(CommandSpec command) {
    Map<String, List<String>> named =
        command.name().equals("monitor") ? MONITOR : Map.of(ALL, List.<String>of());
    List<OptionSpec> rest = new ArrayList<>(command.options());
    rest.removeIf(OptionSpec::hidden);
    Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    named.forEach(
        (heading, names) -> {
          List<OptionSpec> options = new ArrayList<>();
          names.forEach(name -> options.add(command.findOption(name)));
          rest.removeAll(options);
          groups.put(heading, options);
        });
    groups
        .computeIfAbsent(named.containsKey(ALL) ? ALL : OTHERS, h -> new ArrayList<>())
        .addAll(rest);
    return groups;
  }
}
