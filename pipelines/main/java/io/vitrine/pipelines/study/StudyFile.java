package io.vitrine.pipelines.study;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vitrine.model.Check;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A whole study as a file: YAML whose keys are the command's options without their dashes.
 *
 * <p>{@code study} names it (default: the file's name without suffix), {@code alarms} holds
 * thresholds, every other key is an option: a value, a list where the option is repeatable, true
 * for an option that takes no value. Paths count from where the command runs. What is typed goes
 * before what the file says, and that before a default; a list that is typed replaces the file's.
 */
public final class StudyFile {
  private static final String NAME = "study";
  private static final String ALARMS = "alarms";

  /** Options that say what the command does with a study, and are no part of one. */
  private static final Set<String> NOT_IN_FILES =
      Set.of("help", "version", "debug", "study", "json", "fresh", "detach", "print-config");

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final Path path;
  private final ObjectNode root;

  private StudyFile(Path path, ObjectNode root) {
    this.path = path;
    this.root = root;
  }

  /** Whether the value of {@code --study} names a file. */
  public static boolean isNamedBy(String study) {
    return study.endsWith(".yaml") || study.endsWith(".yml");
  }

  public static StudyFile read(Path path) throws FailureException {
    if (!Files.isRegularFile(path)) {
      throw new FailureException(path + " does not exist, expected a study file");
    }
    try {
      JsonNode root = YAML.readTree(path.toFile());
      if (root.isObject()) {
        return new StudyFile(path, (ObjectNode) root);
      }
      throw Check.refuse(path.toString(), "hold keys and values", "'" + root + "'");
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new IllegalArgumentException(
          path + " must be YAML, but was not at line " + line + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new FailureException(path + ": cannot be read: " + RunFolder.reason(e), e);
    }
  }

  /** Name of the study. */
  String name() {
    if (root.has(NAME)) {
      return root.get(NAME).asText();
    }
    String file = path.getFileName().toString();
    return file.substring(0, file.lastIndexOf('.'));
  }

  /** Thresholds of alarms; empty where the file names none. */
  public ObjectNode alarms() {
    JsonNode alarms = root.get(ALARMS);
    if (alarms == null || alarms.isNull()) {
      return root.objectNode();
    }
    if (!alarms.isObject()) {
      throw refuse(ALARMS, "hold keys and values", alarms);
    }
    return (ObjectNode) alarms;
  }

  /** What would have to be typed to say what the file says, but for options typed already. */
  List<String> arguments(CommandSpec command, Predicate<OptionSpec> typed) {
    List<String> arguments = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      String key = entry.getKey();
      if (!key.equals(NAME) && !key.equals(ALARMS)) {
        OptionSpec option = option(command, key);
        if (!typed.test(option)) {
          add(option, key, entry.getValue(), arguments);
        }
      }
    }
    return arguments;
  }

  private OptionSpec option(CommandSpec command, String key) {
    OptionSpec option = NOT_IN_FILES.contains(key) ? null : command.findOption("--" + key);
    if (option == null) {
      TreeSet<String> known = new TreeSet<>(Set.of(NAME, ALARMS));
      inFiles(command).forEach(o -> known.add(key(o)));
      throw new IllegalArgumentException(
          path + ": a key must be one of " + String.join(", ", known) + ", but was '" + key + "'");
    }
    return option;
  }

  private void add(OptionSpec option, String key, JsonNode value, List<String> arguments) {
    if (value.isArray() && option.isMultiValue()) {
      value.forEach(each -> add(option, key, each, arguments));
    } else if (value.isBoolean() && option.arity().min() == 0) {
      if (value.asBoolean()) {
        arguments.add("--" + key);
      }
    } else if (value.isValueNode() && !value.isNull() && option.arity().max() > 0) {
      arguments.add("--" + key + "=" + value.asText());
    } else {
      String rule = option.arity().max() == 0 ? "be true or false" : "have a value";
      throw refuse(key, option.isMultiValue() ? rule + " or a list" : rule, value);
    }
  }

  private IllegalArgumentException refuse(String key, String rule, JsonNode value) {
    return Check.refuse(path + ": " + key, rule, "'" + value + "'");
  }

  /** Options that a file may hold, in their order. */
  static List<OptionSpec> inFiles(CommandSpec command) {
    return command.options().stream().filter(o -> !NOT_IN_FILES.contains(key(o))).toList();
  }

  /** The key of an option: its long name without dashes. */
  static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
