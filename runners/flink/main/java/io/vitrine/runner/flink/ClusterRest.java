package io.vitrine.runner.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitrine.model.Check;
import io.vitrine.pipelines.run.FailureException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/** The REST interface of a Flink cluster, as far as it is needed here. */
final class ClusterRest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int NOT_FOUND = 404;
  private static final int FIRST_ERROR = 400;
  private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String address;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  ClusterRest(String address) {
    if (!address.matches("[A-Za-z0-9._-]+:[0-9]{1,5}")) {
      throw Check.refuse("--flink-master", "be HOST:PORT", "'" + address + "'");
    }
    this.address = address;
  }

  /** {@code HOST:PORT}. */
  String address() {
    return address;
  }

  /** What is at a path; a missing node where the cluster does not know it. */
  JsonNode get(String path) throws IOException {
    return send(request(path).GET().build());
  }

  /** Posts a body; returns the answer. */
  JsonNode post(String path, JsonNode body) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  /** Asks the cluster to cancel a job. */
  void cancel(String job) throws IOException {
    send(
        request("/jobs/" + job + "?mode=cancel")
            .method("PATCH", HttpRequest.BodyPublishers.noBody())
            .build());
  }

  /**
   * The state of a job at this moment, such as {@code RUNNING}; empty where the cluster does not
   * know it. What is at {@code /jobs/ID} can be some seconds old ({@code web.refresh-interval}): a
   * job that has just been stopped still runs there. The overview lacks jobs whose managers are too
   * busy to answer, so that page decides whether there is one.
   */
  String state(String job) throws IOException {
    for (JsonNode entry : get("/jobs/overview").path("jobs")) {
      if (entry.path("jid").asText().equals(job)) {
        return entry.path("state").asText();
      }
    }
    return get("/jobs/" + job).path("state").asText("");
  }

  /** Whether a job in a state has come to its end. */
  static boolean isEnd(String state) {
    return ENDED.contains(state);
  }

  /** An option of the cluster, or the fallback. */
  String option(String key, String fallback) throws IOException {
    for (JsonNode entry : get("/jobmanager/config")) {
      if (entry.path("key").asText().equals(key)) {
        return entry.path("value").asText();
      }
    }
    return fallback;
  }

  /** Refuses where nobody answers. */
  JsonNode overview() throws FailureException {
    try {
      return get("/overview");
    } catch (IOException e) {
      throw new FailureException(
          "no Flink cluster answers at " + address + " (--flink-master): " + reason(e), e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(PATIENCE);
  }

  private JsonNode send(HttpRequest request) throws IOException {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == NOT_FOUND) {
        return JSON.missingNode();
      }
      if (answer.statusCode() >= FIRST_ERROR) {
        throw new IOException(request.uri() + ": status " + answer.statusCode());
      }
      return JSON.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(request.uri() + ": interrupted", e);
    }
  }

  static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
