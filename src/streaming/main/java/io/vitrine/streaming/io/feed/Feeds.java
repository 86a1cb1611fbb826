package io.vitrine.streaming.io.feed;

import java.io.IOException;
import java.util.List;

/** Opens the feed a frame URI names, where a mark is. */
public final class Feeds {
  private Feeds() {}

  public static FrameFeed open(
      FrameUri uri, String simulation, FrameFeed.Position position, FrameOptions options)
      throws IOException {
    FrameFeed feed = plain(uri, simulation, position, options);
    String species = options.getSpecies();
    return species == null
        ? feed
        : new CheckedFeed(
            feed,
            uri,
            List.of(species.split(" ", -1)),
            options.getDimensions(),
            options.getDiameters());
  }

  private static FrameFeed plain(
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
