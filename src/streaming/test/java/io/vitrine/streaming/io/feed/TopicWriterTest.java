package io.vitrine.streaming.io.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.model.Frame;
import io.vitrine.streaming.Walks;
import io.vitrine.streaming.io.Dumps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The writer over the client's own mock of a broker. */
class TopicWriterTest {
  private static final KafkaTopic TOPIC = new KafkaTopic("127.0.0.1", 9092, "cold");

  @TempDir Path folder;

  @Test
  void forward_stoppedBehindAnyRecordAndStartedAgain_doublesAndSkipsNothing() throws Exception {
    List<String> frames = new ArrayList<>(Walks.of("s", 1, 6).stream().map(Dumps::text).toList());
    frames.set(3, frames.get(3).replaceFirst("\n3 1 \\S+", "\n3 1 nonsense"));
    FrameUri uri = FrameUri.parse(Dumps.replay(folder.resolve("s.dump"), frames));
    List<ProducerRecord<byte[], byte[]>> whole = forward(uri, null, 100);
    assertThat(kinds(whole))
        .containsExactly("FRAME", "FRAME", "FRAME", "BAD_FRAME", "FRAME", "FRAME", "END");
    for (int k = 0; k < whole.size(); k++) {
      List<ProducerRecord<byte[], byte[]>> both = new ArrayList<>(forward(uri, null, k));
      both.addAll(forward(uri, both.isEmpty() ? null : both.get(both.size() - 1), 100));
      assertThat(both).as("stopped after %d", k).hasSameSizeAs(whole);
      for (int r = 0; r < whole.size(); r++) {
        assertThat(both.get(r).value()).isEqualTo(whole.get(r).value());
        assertThat(both.get(r).headers()).isEqualTo(whole.get(r).headers());
      }
    }
    assertThat(forward(uri, whole.get(whole.size() - 1), 100)).as("complete already").isEmpty();
  }

  /** Forwards until so many polls were made. */
  private static List<ProducerRecord<byte[], byte[]>> forward(
      FrameUri uri, ProducerRecord<byte[], byte[]> last, int polls) throws IOException {
    MockProducer<byte[], byte[]> producer = producer();
    int[] left = {polls};
    try (TopicWriter writer = TopicWriter.open(TOPIC, producer, last == null ? null : read(last))) {
      Forwarding.of(uri, writer, Double.NaN, told -> {}).run(() -> left[0]-- > 0);
    }
    return producer.history();
  }

  @Test
  void write_framesThatAreThere_areComparedAndNotSentAgain() throws Exception {
    List<Frame> frames = Walks.of("s", 1, 4);
    MockProducer<byte[], byte[]> producer = producer();
    try (TopicWriter writer = TopicWriter.open(TOPIC, producer, null).from(0)) {
      writer.write(frames.get(0));
      writer.write(frames.get(1));
    }
    TopicRecord last = read(producer.history().get(1));
    MockProducer<byte[], byte[]> again = producer();
    try (TopicWriter writer = TopicWriter.open(TOPIC, again, last).from(1)) {
      for (Frame frame : frames.subList(1, 4)) {
        writer.write(frame);
      }
      writer.end();
    }
    assertThat(kinds(again.history())).containsExactly("FRAME", "FRAME", "END");

    try (TopicWriter writer = TopicWriter.open(TOPIC, producer(), last).from(1)) {
      assertThatThrownBy(() -> writer.write(frames.get(2)))
          .hasMessageContaining("frames of another run")
          .hasMessageContaining("frame 1");
    }
    TopicRecord end = read(again.history().get(2));
    try (TopicWriter writer = TopicWriter.open(TOPIC, producer(), end).from(3)) {
      writer.write(frames.get(3));
      writer.end();
      assertThatThrownBy(() -> writer.write(frames.get(3))).hasMessageContaining("has ended");
      assertThatThrownBy(() -> writer.from(5)).hasMessageContaining("holds 4 frames");
    }
  }

  @Test
  void write_frameAboveTheLimit_namesTheRemedy() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(false, new ByteArraySerializer(), new ByteArraySerializer());
    producer.sendException = new RecordTooLargeException("too large");
    try (TopicWriter writer = TopicWriter.open(TOPIC, producer, null)) {
      assertThatThrownBy(() -> writer.write(Walks.of("s", 1, 1).get(0)))
          .hasMessageContaining("max.message.bytes")
          .hasMessageContaining("kafka-configs.sh");
    }
  }

  private static MockProducer<byte[], byte[]> producer() {
    return new MockProducer<>(true, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static List<String> kinds(List<ProducerRecord<byte[], byte[]>> records)
      throws IOException {
    List<String> kinds = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : records) {
      kinds.add(read(record).kind().name());
    }
    return kinds;
  }

  private static TopicRecord read(ProducerRecord<byte[], byte[]> sent) throws IOException {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(TOPIC.name(), 0, 0, null, sent.value());
    sent.headers().forEach(record.headers()::add);
    return TopicRecord.of("here", record);
  }
}
