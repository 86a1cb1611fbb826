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
  /** The study that all counted runs write to. */
  static final String STATISTICS = "statistics";

  /** Name of a simulation. */
  static String id(double temperature) {
    return "T" + temperature;
  }

  /** Run folder of a job. */
  Path job(String job) {
    return root.resolve("runs").resolve(job);
  }

  /** File of the results store of a job; all counted runs share one. */
  Path storeFile(String job) {
    return job.equals(STATISTICS)
        ? root.resolve("runs").resolve(STATISTICS + ".sqlite")
        : job(job).resolve("store.sqlite");
  }

  /** Results store of a job. */
  String store(String job) {
    return "jdbc:sqlite:" + storeFile(job);
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

  /** Says why there is no such training set. */
  Path none(String name) {
    return root.resolve("training").resolve(name + ".none");
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
