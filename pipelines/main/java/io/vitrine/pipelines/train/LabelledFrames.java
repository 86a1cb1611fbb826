package io.vitrine.pipelines.train;

import io.vitrine.analysis.spec.Quench;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.learning.ridge.ExactMoments;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSets;
import io.vitrine.model.Frame;
import io.vitrine.model.Target;
import io.vitrine.streaming.io.feed.FrameScheme;
import io.vitrine.streaming.io.feed.FrameUri;
import io.vitrine.streaming.transforms.Quencher;
import io.vitrine.structure.ParticleFeatures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finished files whose every frame is one configuration with a number per particle: frame by frame
 * the moments of features and label of the particles of one species.
 */
final class LabelledFrames {
  private final FeatureSets sets;
  private final String label;
  private final Target target;
  private final Quench quench;
  private final ParticleFeatures features;
  private final AtomicLong notConverged = new AtomicLong();

  LabelledFrames(FeatureSets sets, String label, Target target, Quench quench) {
    this.sets = sets;
    this.label = label;
    this.target = target;
    this.quench = quench;
    this.features = ParticleFeatures.of(sets, Quencher.of(quench, sets.species()));
  }

  /** The first frame. */
  static Frame first(String text, String label) throws IOException {
    FrameUri uri = replay(text);
    ReaderOptions options = uri.readerOptions(uri.id(), false).with(label);
    try (TrajectoryReader reader = Trajectories.open(uri.path(), options, ReadPosition.START)) {
      checkFormat(uri, reader);
      Frame frame = reader.next();
      if (frame == null) {
        throw new IOException(uri.path() + ": expected at least one frame, found none");
      }
      return frame;
    }
  }

  private static FrameUri replay(String text) {
    FrameUri uri = FrameUri.parse(text);
    if (uri.scheme() != FrameScheme.REPLAY) {
      throw Check.refuse("--frames of train", "be replay:PATH", "'" + text + "'");
    }
    return uri;
  }

  /** A frame with the label of every particle. */
  private record Labelled(String where, Frame frame, double[] label) {}

  /** One block a frame, in the order of the files and their frames. */
  List<ExactMoments> moments(List<String> uris) throws IOException {
    List<ExactMoments> blocks = new ArrayList<>();
    int together = Runtime.getRuntime().availableProcessors();
    List<Labelled> waiting = new ArrayList<>();
    for (String text : uris) {
      FrameUri uri = replay(text);
      ReaderOptions options = uri.readerOptions(uri.id(), false).with(label);
      long frames = 0;
      try (TrajectoryReader reader = Trajectories.open(uri.path(), options, ReadPosition.START)) {
        checkFormat(uri, reader);
        for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
          waiting.add(new Labelled(uri.path() + ", frame " + frames++, frame, reader.property()));
          if (waiting.size() == together) {
            blocks.addAll(waiting.parallelStream().map(this::moments).toList());
            waiting.clear();
          }
        }
      }
      if (frames == 0) {
        throw new IOException(uri.path() + ": expected at least one frame, found none");
      }
    }
    blocks.addAll(waiting.parallelStream().map(this::moments).toList());
    return blocks;
  }

  private static void checkFormat(FrameUri uri, TrajectoryReader reader) throws IOException {
    try {
      reader.property();
    } catch (IOException e) {
      throw new IOException(uri.path() + ": " + e.getMessage(), e);
    }
  }

  private ExactMoments moments(Labelled labelled) {
    Frame frame = labelled.frame;
    int[] targets = frame.particles().indicesOf(target);
    if (targets.length < 2) {
      throw Check.refuse(
          labelled.where + ": number of " + target + " particles", "be >= 2", targets.length);
    }
    Quencher quencher = Quencher.of(quench, sets.species());
    Frame inherent = quencher.apply(frame);
    notConverged.addAndGet(quencher.notConverged());
    double[] all = features.of(frame, inherent);
    int d = sets.count();
    double[] rows = new double[targets.length * (d + 1)];
    for (int i = 0; i < targets.length; i++) {
      System.arraycopy(all, targets[i] * d, rows, i * (d + 1), d);
      double value = labelled.label[targets[i]];
      if (!Double.isFinite(value)) {
        throw Check.refuse(
            labelled.where + ": " + label + " of particle " + frame.particles().ids()[targets[i]],
            "be finite",
            value);
      }
      rows[i * (d + 1) + d] = value;
    }
    return ExactMoments.of(d + 1).accept(rows);
  }

  /** Frames whose inherent structure was not reached. */
  long notConverged() {
    return notConverged.get();
  }
}
