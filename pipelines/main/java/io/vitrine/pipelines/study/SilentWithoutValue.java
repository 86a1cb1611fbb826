package io.vitrine.pipelines.study;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code --quiet} is p_l of the softness rule; without a value it can only mean that little is to
 * be said, and counts as {@code --silent}.
 */
final class SilentWithoutValue implements IParameterPreprocessor {
  @Override
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    boolean alone = arguments.isEmpty() || arguments.peek().startsWith("--");
    if (alone) {
      command.findOption("--silent").setValue(true);
    }
    return alone;
  }
}
