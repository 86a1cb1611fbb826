package io.vitrine.streaming.io.feed;

import io.vitrine.model.Check;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * A Kafka topic with the frames of one simulation: {@code kafka://HOST:PORT/TOPIC}.
 *
 * <p>It has one partition, so that its records have one order.
 *
 * @param host a broker of the cluster
 * @param port its port
 * @param name name of the topic
 */
public record KafkaTopic(String host, int port, String name) {
  private static final String SCHEME = "kafka://";
  private static final int LARGEST_PORT = 65_535;
  private static final Pattern FORM =
      Pattern.compile("kafka://([^:/?]+|\\[[0-9A-Fa-f:]+\\]):(\\d{1,5})/([A-Za-z0-9._-]{1,249})");

  /** Checks the port. */
  public KafkaTopic {
    Check.within("port of " + SCHEME, port, 1, LARGEST_PORT);
  }

  /** Whether a text means a topic, well formed or not. */
  public static boolean isMeant(String text) {
    return text.startsWith(SCHEME);
  }

  /** The topic of a text; {@code option} is named where the text is refused. */
  public static KafkaTopic parse(String option, String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw Check.refuse(option, "be kafka://HOST:PORT/TOPIC", "'" + text + "'");
    }
    return new KafkaTopic(m.group(1), Integer.parseInt(m.group(2)), m.group(3));
  }

  String broker() {
    return host + ":" + port;
  }

  TopicPartition partition() {
    return new TopicPartition(name, 0);
  }

  @Override
  public String toString() {
    return SCHEME + broker() + "/" + name;
  }
}
