package io.vitrine.streaming.io.feed;

import io.vitrine.format.BadFrameException;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Writes the frames of one simulation into a Kafka topic, each acknowledged before the next; makes
 * the topic, with one partition, where there is none.
 *
 * <p>Opened on a topic that holds records it continues behind the last: frames that are there
 * already are not sent again, and the last of them is compared, so that two runs never mix. One
 * writer a topic at a time. Not thread-safe.
 */
public final class TopicWriter implements TrajectoryWriter {
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final KafkaTopic topic;
  private final Producer<byte[], byte[]> producer;
  private final TopicRecord last;
  private long ordinal;
  private long sent;
  private long checksum;
  private boolean ended;

  private TopicWriter(KafkaTopic topic, Producer<byte[], byte[]> producer, TopicRecord last) {
    this.topic = topic;
    this.producer = producer;
    this.last = last;
    this.checksum = last == null ? 0 : last.checksum();
    this.ended = last != null && last.kind() == TopicRecord.Kind.END;
  }

  /** Connects, makes the topic where there is none, reads its last record. */
  public static TopicWriter open(KafkaTopic topic) throws IOException {
    try {
      makeTopic(topic);
      TopicRecord last;
      try (Consumer<byte[], byte[]> consumer = KafkaClients.consumer(topic)) {
        last = last(topic, consumer);
      }
      return open(topic, KafkaClients.producer(topic), last);
    } catch (KafkaException e) {
      throw failed(topic, e);
    }
  }

  static TopicWriter open(
      KafkaTopic topic, Producer<byte[], byte[]> producer, TopicRecord lastOrNull) {
    return new TopicWriter(topic, producer, lastOrNull);
  }

  private static void makeTopic(KafkaTopic topic) throws IOException {
    NewTopic wanted = new NewTopic(topic.name(), Optional.of(1), Optional.empty());
    try (Admin admin = KafkaClients.admin(topic)) {
      admin.createTopics(List.of(wanted)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failed(topic, e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(topic + ": interrupted", e);
    }
  }

  /** The last record of a topic, or null where it has had none. */
  static TopicRecord last(KafkaTopic topic, Consumer<byte[], byte[]> consumer) throws IOException {
    int partitions = consumer.partitionsFor(topic.name(), ANSWER).size();
    if (partitions > 1) {
      throw new IOException(
          topic + " must have 1 partition, so that frames have one order, but has " + partitions);
    }
    TopicPartition partition = topic.partition();
    List<TopicPartition> one = List.of(partition);
    long begin = consumer.beginningOffsets(one, ANSWER).get(partition);
    long end = consumer.endOffsets(one, ANSWER).get(partition);
    if (end == 0) {
      return null;
    }
    if (begin == end) {
      throw new IOException(
          topic + ": its " + end + " records were deleted, expected the last one, to go on behind");
    }
    consumer.assign(one);
    consumer.seek(partition, end - 1);
    long deadline = System.nanoTime() + ANSWER.toNanos();
    while (System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
        return TopicRecord.of(topic + " offset " + record.offset(), record);
      }
    }
    throw new IOException(
        topic + ": no answer for " + ANSWER.toSeconds() + " s, expected offset " + (end - 1));
  }

  /** Where the source of the last record was behind it; the start for an empty topic. */
  public ReadPosition source() {
    return last == null ? ReadPosition.START : last.source();
  }

  /** Whether the end marker is there. */
  public boolean ended() {
    return ended;
  }

  /** Says that the frames to come begin behind the first {@code frames}. */
  public TopicWriter from(long frames) throws IOException {
    if (frames > source().ordinal()) {
      throw new IOException(
          topic
              + " holds "
              + source().ordinal()
              + " frames, expected at least "
              + frames
              + ", to go on");
    }
    ordinal = frames;
    return this;
  }

  @Override
  public void write(Frame frame, Map<String, double[]> fields) throws IOException {
    write(frame, new ReadPosition(ordinal + 1, 0, 0));
  }

  /** Sends a frame unless it is there; {@code source}: where its source is behind it. */
  void write(Frame frame, ReadPosition source) throws IOException {
    TopicRecord record =
        TopicRecord.frame(source, frame.toBuilder().simulation(topic.name()).build());
    if (isBehind(record.source())) {
      send(record);
      checksum = record.checksum();
    } else if (source.ordinal() == source().ordinal()
        && last.kind() != TopicRecord.Kind.BAD_FRAME
        && last.checksum() != record.checksum()) {
      throw new IOException(
          topic
              + " holds frames of another run: frame "
              + ordinal
              + " differs; name another topic");
    }
    ordinal = source.ordinal();
  }

  /** Passes on that a frame cannot be used. */
  void write(BadFrameException bad, ReadPosition source) throws IOException {
    TopicRecord record = TopicRecord.badFrame(source, bad);
    if (isBehind(record.source())) {
      send(record);
    }
    ordinal = source.ordinal();
  }

  private boolean isBehind(ReadPosition source) {
    return source.ordinal() > source().ordinal();
  }

  /** Says that no more frames will come. */
  public void end() throws IOException {
    if (!ended) {
      send(TopicRecord.end(new ReadPosition(ordinal, 0, 0), checksum));
      ended = true;
    }
  }

  private void send(TopicRecord record) throws IOException {
    if (ended) {
      throw new IOException(
          topic + " has ended behind frame " + source().ordinal() + "; name another topic");
    }
    try {
      producer.send(record.to(topic)).get();
      sent += record.kind() == TopicRecord.Kind.FRAME ? 1 : 0;
    } catch (ExecutionException e) {
      throw refused(record, e.getCause());
    } catch (KafkaException e) {
      throw refused(record, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(topic + ": interrupted", e);
    }
  }

  private IOException refused(TopicRecord record, Throwable e) {
    if (!(e instanceof RecordTooLargeException)) {
      return failed(topic, e);
    }
    int bytes = record.value().length;
    return new IOException(
        topic
            + ": a frame of "
            + bytes
            + " bytes is above the topic's max.message.bytes; raise it: kafka-configs.sh"
            + " --bootstrap-server "
            + topic.broker()
            + " --alter --entity-type topics --entity-name "
            + topic.name()
            + " --add-config max.message.bytes="
            + Math.max(2L * bytes, 1 << 20));
  }

  private static IOException failed(KafkaTopic topic, Throwable e) {
    Throwable root = e.getCause() == null ? e : e.getCause();
    return new IOException(topic + ": " + root.getMessage() + ", expected a Kafka broker", e);
  }

  /** Frames sent, those that were there not counted. */
  @Override
  public long frames() {
    return sent;
  }

  @Override
  public void close() {
    producer.close();
  }
}
