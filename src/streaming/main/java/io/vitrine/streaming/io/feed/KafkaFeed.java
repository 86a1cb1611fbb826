package io.vitrine.streaming.io.feed;

import io.vitrine.format.BadFrameException;
import io.vitrine.format.ReadPosition;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames of a Kafka topic, fetched by a thread of its own, a few ahead at most.
 *
 * <p>A position is the offset of the next record with the checksum of the one before it; a feed
 * opened there reads that one first, so that another topic of the same name is told. Records that
 * retention has deleted before they were read end the simulation; a topic that is not there yet is
 * awaited. A broker that is away is tried again; when patience is at its end ({@code patience=},
 * default 10 minutes) the run fails (and not only this simulation): its checkpoint remains, so the
 * same command continues without a loss.
 */
final class KafkaFeed implements FrameFeed {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaFeed.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final long TOPIC_POLL_MILLIS = 500;

  private final KafkaTopic topic;
  private final String simulation;
  private final Position start;
  private final Duration patience;
  private final BlockingQueue<Fetched> queue = new ArrayBlockingQueue<>(KafkaClients.AHEAD);
  private final Thread thread;
  private volatile Consumer<byte[], byte[]> consumer;
  private volatile boolean closed;
  private volatile Exception failure;
  private long heardAt;
  private Position position;
  private boolean ended;

  /** A frame, a bad frame, or neither at the end. */
  private record Fetched(Position after, Frame frame, BadFrameException bad) {}

  private KafkaFeed(
      KafkaTopic topic,
      String simulation,
      Position start,
      Supplier<Consumer<byte[], byte[]>> consumers,
      Duration patience) {
    this.topic = topic;
    this.simulation = simulation;
    this.start = start;
    this.position = start;
    this.patience = patience;
    this.thread = new Thread(() -> run(consumers), "kafka " + simulation);
    thread.setDaemon(true);
    // The client looks its own classes up by name.
    thread.setContextClassLoader(Consumer.class.getClassLoader());
    thread.start();
  }

  static KafkaFeed open(FrameUri uri, String simulation, Position start) {
    KafkaTopic topic = uri.topic();
    Duration patience = Duration.ofMillis(Math.round(1000 * uri.patienceSeconds()));
    return open(topic, simulation, start, () -> KafkaClients.consumer(topic), patience);
  }

  static KafkaFeed open(
      KafkaTopic topic,
      String simulation,
      Position start,
      Supplier<Consumer<byte[], byte[]>> consumers,
      Duration patience) {
    return new KafkaFeed(topic, simulation, start, consumers, patience);
  }

  private void run(Supplier<Consumer<byte[], byte[]>> consumers) {
    heardAt = System.nanoTime();
    try (Consumer<byte[], byte[]> opened = consumers.get()) {
      consumer = opened;
      awaitTopic();
      TopicPartition partition = topic.partition();
      consumer.assign(List.of(partition));
      seek(partition);
      fetch(partition);
    } catch (Closed | WakeupException | InterruptException e) {
      // The reader has gone; nobody waits for more.
    } catch (OffsetOutOfRangeException e) {
      failure = gone(e.getMessage());
    } catch (IOException e) {
      failure = e;
    } catch (KafkaException | UncheckedIOException e) {
      failure = new UncheckedIOException(new IOException(topic + ": " + reason(e), e));
    }
  }

  private static String reason(Throwable e) {
    return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
  }

  private void awaitTopic() throws IOException {
    boolean said = false;
    while (true) {
      List<PartitionInfo> partitions = ask(wait -> consumer.partitionsFor(topic.name(), wait));
      if (partitions != null && partitions.size() == 1) {
        return;
      }
      if (partitions != null && partitions.size() > 1) {
        throw new IOException(
            topic
                + " must have 1 partition, so that frames have one order, but has "
                + partitions.size());
      }
      if (start.read().ordinal() > 0) {
        throw new IOException(
            topic + " does not exist any more, expected offset " + start.read().offset());
      }
      if (!said) {
        LOG.info("{} does not exist yet; waiting for it", topic);
        said = true;
      }
      pause();
    }
  }

  private void seek(TopicPartition partition) throws IOException {
    List<TopicPartition> one = List.of(partition);
    long begin = ask(wait -> consumer.beginningOffsets(one, wait)).get(partition);
    ReadPosition read = start.read();
    if (read.ordinal() == 0) {
      consumer.seek(partition, begin);
      return;
    }
    long end = ask(wait -> consumer.endOffsets(one, wait)).get(partition);
    if (read.offset() < begin) {
      throw gone("its first offset is " + begin + ", expected " + read.offset());
    }
    if (read.offset() > end) {
      throw rewritten("its records end at offset " + end + ", expected " + read.offset());
    }
    if (read.offset() > begin) {
      consumer.seek(partition, read.offset() - 1);
      ConsumerRecord<byte[], byte[]> before = poll(partition).iterator().next();
      if (TopicRecord.checksum(before.value()) != read.fingerprint()) {
        throw rewritten("another record is at offset " + before.offset());
      }
    }
    consumer.seek(partition, read.offset());
  }

  private IOException gone(String found) {
    return new IOException(
        topic
            + ": records were deleted before they were read ("
            + found
            + "); give the topic a longer retention");
  }

  private IOException rewritten(String found) {
    return new IOException(topic + ": was made again by another run: " + found);
  }

  private void fetch(TopicPartition partition) {
    long ordinal = start.read().ordinal();
    while (true) {
      for (ConsumerRecord<byte[], byte[]> record : poll(partition)) {
        ordinal++;
        long fingerprint = TopicRecord.checksum(record.value());
        Position after =
            new Position(new ReadPosition(ordinal, record.offset() + 1, fingerprint), null);
        Fetched fetched = fetched(after, record);
        put(fetched);
        if (fetched.frame() == null && fetched.bad() == null) {
          return;
        }
      }
      heardAt = System.nanoTime();
    }
  }

  private Fetched fetched(Position after, ConsumerRecord<byte[], byte[]> record) {
    String where = topic + " offset " + record.offset();
    try {
      return new Fetched(after, TopicRecord.of(where, record).frame(where, simulation), null);
    } catch (BadFrameException e) {
      return new Fetched(after, null, e);
    }
  }

  /**
   * The next records, awaited; an empty poll does not tell a silent producer from a lost broker.
   */
  private ConsumerRecords<byte[], byte[]> poll(TopicPartition partition) {
    while (true) {
      checkOpen();
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        return records;
      }
      if (System.nanoTime() - heardAt > ANSWER.toNanos()) {
        ask(wait -> consumer.endOffsets(List.of(partition), wait));
      }
    }
  }

  /** Asks the broker until it answers or patience is at its end. */
  private <T> T ask(Function<Duration, T> question) {
    boolean said = false;
    while (true) {
      checkOpen();
      try {
        T answer = question.apply(ANSWER.compareTo(patience) < 0 ? ANSWER : patience);
        heardAt = System.nanoTime();
        return answer;
      } catch (TimeoutException e) {
        long silent = System.nanoTime() - heardAt;
        if (silent > patience.toNanos()) {
          throw new UncheckedIOException(
              new IOException(
                  "no answer for " + silent / 1_000_000_000 + " s, expected a Kafka broker", e));
        }
        if (!said) {
          LOG.warn("{}: no answer; trying again", topic);
          said = true;
        }
      }
    }
  }

  private void put(Fetched fetched) {
    try {
      while (!queue.offer(fetched, POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        checkOpen();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Closed();
    }
  }

  private void pause() {
    try {
      Thread.sleep(TOPIC_POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Closed();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new Closed();
    }
  }

  @Override
  public Frame poll() throws IOException {
    Exception broken = failure;
    Fetched next = queue.poll();
    if (next != null) {
      position = next.after();
      if (next.bad() != null) {
        throw next.bad();
      }
      ended = next.frame() == null;
      return next.frame();
    }
    // What was fetched before the failure has been taken: it was read first.
    if (broken instanceof IOException e) {
      throw e;
    }
    if (broken instanceof UncheckedIOException e) {
      throw e;
    }
    return null;
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public void close() {
    closed = true;
    Consumer<byte[], byte[]> opened = consumer;
    if (opened != null) {
      opened.wakeup();
    }
  }

  /** Ends the thread. */
  private static final class Closed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Closed() {
      super("closed", null, false, false);
    }
  }
}
