package io.vitrine.serving;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** Bytes to send: plain and packed, with a tag that changes exactly when they do. */
final class Answer {
  private static final int WORTH_PACKING = 512;

  private final String type;
  private final byte[] plain;
  private final byte[] packed;
  private final String tag;

  Answer(String type, byte[] plain) {
    this.type = type;
    this.plain = plain;
    this.packed = plain.length < WORTH_PACKING ? null : pack(plain);
    this.tag = '"' + hash(plain) + '"';
  }

  String type() {
    return type;
  }

  byte[] plain() {
    return plain;
  }

  /** The packed bytes, or null where packing is not worth it. */
  byte[] packed() {
    return packed;
  }

  String tag() {
    return tag;
  }

  private static byte[] pack(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String hash(byte[] plain) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain);
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
