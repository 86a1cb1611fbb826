package io.vitrine.runner.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.ExecutionCheckpointingOptions;
import org.junit.jupiter.api.Test;

/** The manifest for the Kubernetes operator says only what this Flink understands. */
final class DeploymentTest {
  private static final Path DEPLOY =
      Path.of(System.getProperty("vitrine.root"), "runners", "flink", "deploy");

  /** Options of plugins, which no class here describes. */
  private static final List<String> PLUGINS = List.of("s3.", "metrics.reporter.prom.");

  @Test
  void flinkConfiguration_everyKey_isAnOptionOfThisFlinkWithAValueOfItsType() throws Exception {
    JsonNode settings = manifest().path("spec").path("flinkConfiguration");
    Map<String, ConfigOption<?>> known = options();
    Configuration configuration = new Configuration();
    for (var setting : settings.properties()) {
      String key = setting.getKey();
      if (PLUGINS.stream().noneMatch(key::startsWith)) {
        assertThat(known).containsKey(key);
        configuration.setString(key, setting.getValue().asText());
        assertThat(configuration.getOptional(known.get(key))).isPresent();
      }
    }
    assertThat(configuration.keySet()).hasSizeGreaterThan(10);
  }

  @Test
  void manifest_pods_getThePasswordFromASecretAndTheSharedVolume() throws Exception {
    JsonNode spec = manifest().path("spec");
    assertThat(spec.path("flinkVersion").asText()).isEqualTo("v1_19");
    JsonNode pod = spec.path("podTemplate").path("spec");
    JsonNode container = pod.path("containers").path(0);
    JsonNode password = container.path("env").path(0);
    assertThat(password.path("name").asText()).isEqualTo("PGPASSWORD");
    assertThat(password.path("valueFrom").has("secretKeyRef")).isTrue();
    assertThat(container.path("volumeMounts").path(0).path("name").asText())
        .isEqualTo(pod.path("volumes").path(0).path("name").asText());
  }

  @Test
  void dashboard_everyPanel_hasAnExpression() throws IOException {
    Path dashboard = DEPLOY.resolve("grafana-dashboard.json");
    JsonNode panels = new ObjectMapper().readTree(dashboard.toFile()).path("panels");
    assertThat(panels).isNotEmpty();
    for (JsonNode panel : panels) {
      assertThat(panel.path("targets").path(0).path("expr").asText()).isNotBlank();
    }
  }

  private static JsonNode manifest() throws IOException {
    return new ObjectMapper(new YAMLFactory())
        .readTree(DEPLOY.resolve("flink-deployment.yaml").toFile());
  }

  private static Map<String, ConfigOption<?>> options() throws IllegalAccessException {
    Map<String, ConfigOption<?>> options = new HashMap<>();
    for (Class<?> holder :
        List.of(
            CheckpointingOptions.class,
            ExecutionCheckpointingOptions.class,
            HighAvailabilityOptions.class,
            JobManagerOptions.class,
            MetricOptions.class,
            RestartStrategyOptions.class,
            StateBackendOptions.class,
            TaskManagerOptions.class)) {
      for (Field field : holder.getFields()) {
        if (field.getType() == ConfigOption.class) {
          ConfigOption<?> option = (ConfigOption<?>) field.get(null);
          options.put(option.key(), option);
        }
      }
    }
    return options;
  }
}
