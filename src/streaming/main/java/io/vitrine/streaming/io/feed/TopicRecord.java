package io.vitrine.streaming.io.feed;

import io.vitrine.format.BadFrameException;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.wire.FrameCodec;
import io.vitrine.model.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What a record of a topic says: a frame, a frame that could not be used, or that no more come.
 *
 * <p>Value: the bytes of {@link FrameCodec}; place, time and reason; or the checksum of the last
 * frame (0 where there is none). Header {@code vitrine}, big-endian: byte kind, and where the
 * producer was in its own source behind the frame (i64 ordinal, offset, fingerprint). A record
 * without the header is a frame. No key: a topic that drops all but the newest record of a key
 * refuses them.
 *
 * @param kind which of the three
 * @param source where the producer was
 * @param value the value
 */
record TopicRecord(Kind kind, ReadPosition source, byte[] value) {
  private static final String HEADER = "vitrine";
  private static final int HEADER_BYTES = 1 + 3 * Long.BYTES;

  /** The three things a record can say. */
  enum Kind {
    FRAME(0),
    BAD_FRAME(1),
    END(2);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    private static Kind of(byte code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      return null;
    }
  }

  static TopicRecord frame(ReadPosition source, Frame frame) {
    return new TopicRecord(Kind.FRAME, source, FrameCodec.encode(frame));
  }

  static TopicRecord badFrame(ReadPosition source, BadFrameException bad) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(bad.where());
      out.writeDouble(bad.time());
      out.writeUTF(bad.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TopicRecord(Kind.BAD_FRAME, source, bytes.toByteArray());
  }

  static TopicRecord end(ReadPosition source, long lastChecksum) {
    byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(lastChecksum).array();
    return new TopicRecord(Kind.END, source, value);
  }

  /**
   * @throws BadFrameException for a record that is none of ours
   */
  static TopicRecord of(String where, ConsumerRecord<byte[], byte[]> record)
      throws BadFrameException {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    Header header = record.headers().lastHeader(HEADER);
    if (header == null) {
      return new TopicRecord(Kind.FRAME, ReadPosition.START, value);
    }
    ByteBuffer in = ByteBuffer.wrap(header.value());
    Kind kind = in.remaining() == HEADER_BYTES ? Kind.of(in.get()) : null;
    if (kind == null) {
      throw new BadFrameException(
          where, Double.NaN, "header '" + HEADER + "' is of no known kind, expected a frame");
    }
    return new TopicRecord(kind, new ReadPosition(in.getLong(), in.getLong(), in.getLong()), value);
  }

  ProducerRecord<byte[], byte[]> to(KafkaTopic topic) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).put(kind.code);
    header.putLong(source.ordinal()).putLong(source.offset()).putLong(source.fingerprint());
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic.name(), 0, null, value);
    record.headers().add(HEADER, header.array());
    return record;
  }

  /**
   * The frame, under the name its reader knows the simulation by; null at the end.
   *
   * @throws BadFrameException for a frame that cannot be used
   */
  Frame frame(String where, String simulation) throws BadFrameException {
    switch (kind) {
      case FRAME:
        try {
          return FrameCodec.decode(value).toBuilder().simulation(simulation).build();
        } catch (IllegalArgumentException e) {
          throw new BadFrameException(where, Double.NaN, e.getMessage());
        }
      case BAD_FRAME:
        throw badFrame(where);
      default:
        return null;
    }
  }

  private BadFrameException badFrame(String where) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
      return new BadFrameException(in.readUTF(), in.readDouble(), in.readUTF());
    } catch (IOException e) {
      return new BadFrameException(where, Double.NaN, "bad frame without a reason: " + e);
    }
  }

  /** By which a frame is known again: of the last frame sent, for the end. */
  long checksum() {
    return kind == Kind.END ? ByteBuffer.wrap(value).getLong() : checksum(value);
  }

  static long checksum(byte[] value) {
    CRC32 crc = new CRC32();
    crc.update(value == null ? new byte[0] : value);
    return crc.getValue();
  }
}
