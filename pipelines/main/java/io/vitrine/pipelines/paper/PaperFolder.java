package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a reproduction keeps what it makes, and how things are called there.
 *
 * @param root the folder
 */
record PaperFolder(Path root) {
  /** Name of the softness classifier. */
  static final String SOFTNESS = "S";

  /** Name of a fluidity classifier. */
  static String fluidity(double temperature) {
    return "F" + temperature;
  }

  /** Name of a simulation. */
  static String id(double temperature) {
    return "T" + temperature;
  }

  /** Run folder of a job: fluid, cold or statistics. */
  Path job(String job) {
    return root.resolve("runs").resolve(job);
  }

  /** Results store of a job. */
  String store(String job) {
    return "jdbc:sqlite:" + job(job).resolve("store.sqlite");
  }

  /** What a stage cost. */
  Path cost(String stage) {
    return root.resolve("stages").resolve(stage + ".json");
  }

  /** A classifier. */
  Path model(String name) {
    return root.resolve("models").resolve(name + ".json");
  }

  /** The training set of a classifier. */
  Path set(String name) {
    return root.resolve("training").resolve(name + ".h5");
  }

  /** Where the report of a classifier's training is. */
  Path reportFile(String name) {
    return root.resolve("training").resolve(name + ".json");
  }

  /** The report of a classifier's training. */
  JsonNode report(String name) throws IOException {
    return new ObjectMapper().readTree(reportFile(name).toFile());
  }
}
