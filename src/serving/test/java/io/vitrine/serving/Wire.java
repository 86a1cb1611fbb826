package io.vitrine.serving;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** Requests byte by byte: a client that may send any header. */
final class Wire {
  /**
   * An answer.
   *
   * @param status HTTP status
   * @param head status line and headers
   * @param body unpacked
   * @param sent bytes of the body as sent
   */
  record Reply(int status, String head, String body, int sent) {
    String header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  private Wire() {}

  static Reply get(URI address, String path, String... headers) throws IOException {
    return send(address, "GET", path, "Host: " + address.getAuthority(), headers);
  }

  static Reply send(URI address, String method, String path, String host, String... headers)
      throws IOException {
    StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    request.append(host).append("\r\nConnection: close\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return read(socket.getInputStream());
    }
  }

  private static Reply read(InputStream in) throws IOException {
    byte[] all = in.readAllBytes();
    String text = new String(all, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    String head = end < 0 ? text : text.substring(0, end);
    byte[] body = new byte[0];
    if (end >= 0) {
      body = java.util.Arrays.copyOfRange(all, end + 4, all.length);
    }
    int sent = body.length;
    if (head.toLowerCase(java.util.Locale.ROOT).contains("content-encoding: gzip")
        && body.length > 0) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    int status = head.length() < 12 ? 0 : Integer.parseInt(head.substring(9, 12));
    return new Reply(status, head, new String(body, StandardCharsets.UTF_8), sent);
  }
}
