package io.vitrine.pipelines.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.vitrine.pipelines.run.FailureException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Where each option of a command comes from: what was typed, the study file, or the default; in
 * this order.
 */
public final class OptionOrigins {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR));

  private final CommandSpec command;
  private final StudyFile file;
  private final List<OptionSpec> typed;
  private final List<OptionSpec> inFile;

  private OptionOrigins(
      CommandSpec command, StudyFile file, List<OptionSpec> typed, List<OptionSpec> inFile) {
    this.command = command;
    this.file = file;
    this.typed = typed;
    this.inFile = inFile;
  }

  /** Completes the options of a command that has been parsed from its study file, if it has one. */
  public static OptionOrigins complete(CommandSpec command, String study) throws FailureException {
    ParseResult parsed = command.commandLine().getParseResult();
    List<OptionSpec> typed = List.copyOf(parsed.matchedOptions());
    if (!StudyFile.isNamedBy(study)) {
      return new OptionOrigins(command, null, typed, List.of());
    }
    StudyFile file = StudyFile.read(java.nio.file.Path.of(study));
    file.alarms(); // refused here
    List<String> fromFile = file.arguments(command, typed::contains);
    List<String> all = parsed.originalArgs();
    List<String> own = all.subList(all.indexOf(command.name()) + 1, all.size());
    try {
      ParseResult both =
          command
              .commandLine()
              .parseArgs(Stream.concat(fromFile.stream(), own.stream()).toArray(String[]::new));
      List<OptionSpec> inFile = new ArrayList<>(both.matchedOptions());
      inFile.removeAll(typed);
      return new OptionOrigins(command, file, typed, List.copyOf(inFile));
    } catch (ParameterException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** The study's name, where a file was given. */
  public String nameOr(String study) {
    return file == null ? study : file.name();
  }

  /** Thresholds of alarms from the file; empty without. */
  public ObjectNode alarms() {
    return file == null ? new ObjectMapper().createObjectNode() : file.alarms();
  }

  /** All options with their values, as a study file, each with where it comes from. */
  public String text(CheckedOptions study) {
    StringBuilder text = new StringBuilder();
    String origin = file != null ? file.toString() : typed("--study") ? "typed" : "default";
    line(text, "study", study.spec().study(), origin);
    Map<String, Object> filledIn = new LinkedHashMap<>();
    filledIn.put("frames", study.spec().frames().values().stream().map(Object::toString).toList());
    filledIn.put("output", study.output().toString());
    filledIn.put("until", study.until());
    for (OptionSpec option : StudyFile.inFiles(command)) {
      String key = StudyFile.key(option);
      Object value = plain(filledIn.getOrDefault(key, option.getValue()));
      if (value != null) {
        line(text, key, value, origin(option));
      }
    }
    if (!alarms().isEmpty()) {
      line(text, "alarms", alarms(), file.toString());
    }
    return text.toString();
  }

  /** A value as YAML has it; null for one that is not set. */
  private static Object plain(Object value) {
    if (value instanceof List<?> list) {
      return list.isEmpty() ? null : list.stream().map(OptionOrigins::plain).toList();
    }
    if (value instanceof Number number) {
      return Double.isNaN(number.doubleValue()) ? null : number;
    }
    return value == null || value instanceof Boolean ? value : value.toString();
  }

  private boolean typed(String option) {
    return typed.contains(command.findOption(option));
  }

  private String origin(OptionSpec option) {
    return typed.contains(option) ? "typed" : inFile.contains(option) ? file.toString() : "default";
  }

  private static void line(StringBuilder text, String key, Object value, String origin) {
    try {
      String yaml = YAML.writeValueAsString(Map.of(key, value));
      int end = yaml.indexOf('\n');
      text.append(yaml, 0, end).append("  # ").append(origin).append(yaml.substring(end));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values are YAML", e);
    }
  }
}
