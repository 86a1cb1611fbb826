package io.vitrine.pipelines.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.format.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a stage cost this process: CPU seconds, seconds by the clock, peak memory. */
record StageCost(double cpu, long clock) {
  static StageCost now() {
    return new StageCost(cpuSeconds(), System.nanoTime());
  }

  void addTo(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode before = Files.exists(file) ? json.readTree(file.toFile()) : json.createObjectNode();
    ObjectNode node = json.createObjectNode();
    node.put("wall_cpu_seconds", before.path("wall_cpu_seconds").asDouble() + cpuSeconds() - cpu);
    node.put(
        "wall_seconds",
        before.path("wall_seconds").asDouble() + (System.nanoTime() - clock) * 1e-9);
    node.put("wall_peak_megabytes", Math.max(before.path("wall_peak_megabytes").asLong(), peak()));
    WholeFile.write(file, node.toPrettyString() + "\n");
  }

  private static double cpuSeconds() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(d -> d.toMillis() / 1000.0)
        .orElse(Double.NaN);
  }

  /** Peak resident memory of the process, MB; 0 where the system does not say. */
  private static long peak() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.notExists(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return 0;
  }
}
