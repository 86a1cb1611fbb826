package io.vitrine.streaming.io.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.Patience;
import io.vitrine.format.BadFrameException;
import io.vitrine.format.ReadPosition;
import io.vitrine.model.Frame;
import io.vitrine.streaming.Walks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** The feed over the client's own mock of a broker. */
class KafkaFeedTest {
  private static final KafkaTopic TOPIC = new KafkaTopic("127.0.0.1", 9092, "cold");
  private static final Duration PATIENCE = Duration.ofMillis(200);

  @Test
  void resume_fromEveryPosition_givesExactlyTheRest() throws Exception {
    List<TopicRecord> records = records(12);
    records.add(4, TopicRecord.badFrame(ReadPosition.START, new BadFrameException("x", 4, "nan")));
    records.add(TopicRecord.end(ReadPosition.START, 0));
    List<String> all = new ArrayList<>();
    List<FrameFeed.Position> positions = new ArrayList<>(List.of(FrameFeed.Position.START));
    try (KafkaFeed feed = open(FrameFeed.Position.START, broker(0, records, 1))) {
      while (!feed.ended()) {
        all.add(next(feed));
        positions.add(feed.position());
      }
    }
    assertThat(all).hasSize(14).endsWith("end").contains("bad x nan at 4.0");
    for (int k = 0; k < all.size(); k++) {
      try (KafkaFeed feed = open(positions.get(k), broker(0, records, 1))) {
        List<String> rest = new ArrayList<>();
        while (!feed.ended()) {
          rest.add(next(feed));
        }
        assertThat(rest).as("after %d records", k).isEqualTo(all.subList(k, all.size()));
      }
    }
  }

  @Test
  void poll_frames_areThoseSentUnderTheNameOfTheReader() throws Exception {
    List<Frame> sent = Walks.of("other", 1, 3);
    try (KafkaFeed feed = open(FrameFeed.Position.START, broker(5, records(3), 1))) {
      for (Frame frame : sent) {
        assertThat(await(feed)).isEqualTo(frame.toBuilder().simulation("s").build());
      }
      assertThat(feed.position().read().offset()).isEqualTo(8);
      assertThat(feed.position().read().ordinal()).isEqualTo(3);
      assertThat(feed.poll()).as("no more now").isNull();
      assertThat(feed.ended()).isFalse();
    }
  }

  @Test
  void poll_recordOfAnotherProgram_isABadFrameWithItsPlace() throws Exception {
    List<TopicRecord> records = records(2);
    records.add(1, new TopicRecord(TopicRecord.Kind.FRAME, ReadPosition.START, new byte[] {9, 9}));
    try (KafkaFeed feed = open(FrameFeed.Position.START, broker(0, records, 1))) {
      assertThat(next(feed)).isEqualTo("0.0");
      assertThat(next(feed)).contains("kafka://127.0.0.1:9092/cold offset 1").contains("version 1");
      assertThat(next(feed)).isEqualTo("1.0");
    }
  }

  @Test
  void poll_twoPartitions_areRefusedWithNameRuleAndValue() {
    assertFails(FrameFeed.Position.START, broker(0, records(1), 2), IOException.class)
        .hasMessage(TOPIC + " must have 1 partition, so that frames have one order, but has 2");
  }

  @Test
  void resume_recordsDeletedByRetention_isAFailureAndNoJump() {
    assertFails(at(2, 3), broker(5, records(3), 1), IOException.class)
        .hasMessageContaining("deleted before they were read")
        .hasMessageContaining("first offset is 5, expected 3");
  }

  @Test
  void poll_retentionOvertakesTheReader_isAFailureAndNoJump() throws Exception {
    MockConsumer<byte[], byte[]> broker = broker(0, records(2), 1);
    try (KafkaFeed feed = open(FrameFeed.Position.START, broker)) {
      assertThat(next(feed)).isEqualTo("0.0");
      assertThat(next(feed)).isEqualTo("1.0");
      broker.setPollException(new OffsetOutOfRangeException(Map.of(TOPIC.partition(), 2L)));
      assertThatThrownBy(() -> await(feed))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("deleted before they were read");
    }
  }

  @Test
  void resume_topicMadeAgain_isRefused() {
    assertFails(at(2, 2), broker(0, records(5), 1), IOException.class)
        .hasMessageContaining("another record is at offset 1");
    assertFails(at(2, 9), broker(0, records(5), 1), IOException.class)
        .hasMessageContaining("end at offset 5, expected 9");
  }

  @Test
  void poll_brokerAway_failsTheRunAfterPatience() {
    MockConsumer<byte[], byte[]> away =
        new MockConsumer<>(OffsetResetStrategy.NONE) {
          @Override
          public synchronized List<PartitionInfo> partitionsFor(String topic, Duration wait) {
            throw new TimeoutException("away");
          }
        };
    assertFails(FrameFeed.Position.START, away, UncheckedIOException.class)
        .hasMessageContaining(TOPIC.toString())
        .hasMessageContaining("no answer for");
  }

  @Test
  void poll_topicNotThereYet_isAwaited() throws Exception {
    MockConsumer<byte[], byte[]> broker = broker(0, records(1), 0);
    try (KafkaFeed feed = open(FrameFeed.Position.START, broker)) {
      assertThat(feed.poll()).isNull();
      broker.updatePartitions(TOPIC.name(), partitions(1));
      assertThat(next(feed)).isEqualTo("0.0");
    }
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      FrameFeed.Position start, MockConsumer<byte[], byte[]> broker, Class<?> type) {
    return assertThatThrownBy(
            () -> {
              try (KafkaFeed feed = open(start, broker)) {
                await(feed);
              }
            })
        .isInstanceOf(type);
  }

  private static FrameFeed.Position at(long ordinal, long offset) {
    return new FrameFeed.Position(new ReadPosition(ordinal, offset, 42), null);
  }

  private static KafkaFeed open(FrameFeed.Position start, MockConsumer<byte[], byte[]> broker) {
    return KafkaFeed.open(TOPIC, "s", start, () -> broker, PATIENCE);
  }

  /** The next frame's time, bad frame's reason or "end". */
  private static String next(KafkaFeed feed) throws IOException {
    try {
      Frame frame = await(feed);
      return frame == null ? "end" : String.valueOf(frame.time());
    } catch (BadFrameException e) {
      return "bad " + e.where() + " " + e.getMessage() + " at " + e.time();
    }
  }

  private static Frame await(KafkaFeed feed) throws IOException {
    long deadline = System.nanoTime() + Patience.STILL.toNanos();
    while (System.nanoTime() < deadline) {
      Frame frame = feed.poll();
      if (frame != null || feed.ended()) {
        return frame;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no frame came");
  }

  private static List<TopicRecord> records(int frames) {
    List<TopicRecord> records = new ArrayList<>();
    for (Frame frame : Walks.of("other", 1, frames)) {
      records.add(TopicRecord.frame(ReadPosition.START, frame));
    }
    return records;
  }

  private static List<PartitionInfo> partitions(int count) {
    List<PartitionInfo> infos = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      infos.add(new PartitionInfo(TOPIC.name(), p, null, null, null));
    }
    return infos;
  }

  /** A topic whose records begin at an offset. */
  private static MockConsumer<byte[], byte[]> broker(
      long first, List<TopicRecord> records, int partitions) {
    MockConsumer<byte[], byte[]> consumer =
        new MockConsumer<>(OffsetResetStrategy.NONE) {
          @Override
          public synchronized void seek(
              org.apache.kafka.common.TopicPartition partition, long offset) {
            super.seek(partition, offset);
            // The mock forgets what it has handed out; a broker does not.
            for (long k = offset; k < first + records.size(); k++) {
              addRecord(record(k, records.get((int) (k - first))));
            }
          }
        };
    consumer.updatePartitions(TOPIC.name(), partitions(partitions));
    consumer.updateBeginningOffsets(Map.of(TOPIC.partition(), first));
    consumer.updateEndOffsets(Map.of(TOPIC.partition(), first + records.size()));
    return consumer;
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, TopicRecord record) {
    ProducerRecord<byte[], byte[]> sent = record.to(TOPIC);
    return new ConsumerRecord<>(
        TOPIC.name(),
        0,
        offset,
        0L,
        TimestampType.CREATE_TIME,
        0,
        sent.value().length,
        null,
        sent.value(),
        sent.headers(),
        java.util.Optional.empty());
  }
}
