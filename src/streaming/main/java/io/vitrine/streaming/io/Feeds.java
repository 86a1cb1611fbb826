package io.vitrine.streaming.io;

import java.io.IOException;

/** Opens the feed a frame URI names, where a mark stands. */
final class Feeds {
  private Feeds() {}

  static FrameFeed open(
      FrameUri uri, String simulation, FrameFeed.Position position, FrameOptions options)
      throws IOException {
    return switch (uri.scheme()) {
      case REPLAY, FOLLOW -> FileFeed.open(uri, simulation, position);
      case SIMULATE -> EngineFeed.open(uri, simulation, position, options);
      case IMD -> ImdFeed.open(uri, simulation, position, options);
      case KAFKA -> KafkaFeed.open(uri, simulation, position);
    };
  }
}
