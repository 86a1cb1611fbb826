package io.vitrine.runner.flink;

import io.vitrine.pipelines.run.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Whether every worker sees the run folder and the frames: a small job of one task a slot looks.
 *
 * <p>A worker with a folder of its own under the same name is found out by a file made just now.
 */
final class SharedPaths {
  private SharedPaths() {}

  static void check(
      ClusterRest cluster, int parallelism, String jar, Path folder, List<Path> inputs)
      throws FailureException, IOException {
    Path mark = Files.createTempFile(folder, ".seen-by-all-", "");
    try {
      List<String> paths = new ArrayList<>(List.of(mark.toString()));
      inputs.forEach(p -> paths.add(p.toString()));
      Configuration configuration = new Configuration();
      configuration.setString("restart-strategy.type", "none");
      String[] address = cluster.address().split(":", 2);
      StreamExecutionEnvironment environment =
          StreamExecutionEnvironment.createRemoteEnvironment(
              address[0], Integer.parseInt(address[1]), configuration, jar);
      environment.setParallelism(parallelism);
      environment
          .fromSequence(1, parallelism)
          .map(new Look(folder.toString(), paths.toArray(new String[0])))
          .sinkTo(new DiscardingSink<>());
      environment.execute("vitrine: are paths shared?");
    } catch (Exception e) { // all that execute() declares
      throw new FailureException(reason(e), e);
    } finally {
      Files.deleteIfExists(mark);
    }
  }

  private static String reason(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage());
      int at = text.indexOf(Look.UNSEEN);
      if (at >= 0) {
        return text.substring(at + Look.UNSEEN.length()).lines().findFirst().orElse(text);
      }
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "the cluster does not take jobs: " + root;
  }

  /** Looks once, where a task starts. */
  private static final class Look extends RichMapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;
    private static final String UNSEEN = "unseen: ";

    private final String folder;
    private final String[] paths;

    Look(String folder, String[] paths) {
      this.folder = folder;
      this.paths = paths;
    }

    @Override
    public void open(OpenContext context) throws IOException {
      for (int p = 0; p < paths.length; p++) {
        if (!Files.isReadable(Path.of(paths[p]))) {
          throw new IOException(
              UNSEEN
                  + (p == 0 ? folder : paths[p])
                  + ": not visible on worker "
                  + java.net.InetAddress.getLocalHost().getHostName()
                  + ", expected storage that all workers share");
        }
      }
      if (!Files.isWritable(Path.of(folder))) {
        throw new IOException(
            UNSEEN
                + folder
                + ": not writable on a worker, expected storage that all workers share");
      }
    }

    @Override
    public Long map(Long value) {
      return value;
    }
  }
}
