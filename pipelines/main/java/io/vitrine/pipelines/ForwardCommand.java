package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.model.Check;
import io.vitrine.pipelines.run.Interrupts;
import io.vitrine.pipelines.run.JsonSummary;
import io.vitrine.streaming.io.feed.Forwarding;
import io.vitrine.streaming.io.feed.FrameUri;
import io.vitrine.streaming.io.feed.KafkaTopic;
import io.vitrine.streaming.io.feed.TopicWriter;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vitrine forward}: the frames of one source into a Kafka topic. */
@Command(
    name = "forward",
    description = {
      "Send the frames of one simulation to a Kafka topic, for a monitor elsewhere. The topic is"
          + " made",
      "where there is none; started again, it continues after the last record, without duplicates."
    },
    footer = {
      "forward --frames 'follow:a.gsd?dt=0.005' --output kafka://HOST:9092/a",
      "forward --frames 'simulate:?T=0.5' --output kafka://HOST:9092/a"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ForwardCommand implements Callable<Integer> {
  @Option(
      names = "--frames",
      required = true,
      paramLabel = "URI",
      description = "where frames come from: replay:, follow:, simulate: (as of monitor)")
  private String frames;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description =
          "kafka://HOST:PORT/TOPIC: a topic with one partition, for this simulation alone")
  private String output;

  @Option(
      names = "--until",
      paramLabel = "TAU",
      description = "time of the last frame (default: the end of the source)")
  private double until = Double.NaN;

  @Mixin private JsonSummary json = new JsonSummary();

  @Override
  public Integer call() throws Exception {
    long started = System.nanoTime();
    FrameUri uri = FrameUri.parse(frames).absolute();
    KafkaTopic topic = KafkaTopic.parse("--output", output);
    if (!Double.isNaN(until)) {
      Check.positive("--until", until);
    }
    PrintStream people = json.people();
    people.println("Opening " + topic);
    // Until it answers Ctrl-C ends the process: nothing has been sent.
    try (TopicWriter writer = TopicWriter.open(topic);
        Interrupts interrupts =
            Interrupts.take("Ended at once; the same command sends what is not there yet.")) {
      long before = writer.source().ordinal();
      if (writer.ended()) {
        people.println(topic + " is complete already: " + before + " frames and the end");
      } else if (before > 0) {
        people.println("Continuing after frame " + before + " of " + topic);
      }
      Forwarding forwarding = Forwarding.of(uri, writer, until, people::println);
      boolean ended = forwarding.run(() -> !interrupts.came());
      double seconds = (System.nanoTime() - started) * 1e-9;
      people.println(
          writer.frames()
              + " frames sent, "
              + forwarding.badFrames()
              + " bad ones passed on as such, to "
              + topic);
      if (!ended) {
        people.println("Paused. The same command continues it.");
      }
      ObjectNode node = new ObjectMapper().createObjectNode();
      node.put("frames", writer.frames()).put("dead_letters", forwarding.badFrames());
      node.put("resumed", before > 0).put("paused", !ended);
      node.put("output", output).put("seconds", Math.rint(seconds * 1000) / 1000);
      json.print(node);
      return 0;
    }
  }
}
