package io.vitrine.benchmarks;

import io.vitrine.format.ReadPosition;
import io.vitrine.format.ReaderOptions;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * How fast trajectories are read, beside programs that read the same bytes: {@code wc} for text,
 * {@code gzip -dc} for packed text, {@code cat} for the rest.
 *
 * <p>Arguments: a GSD trajectory, how often it is repeated (8), rounds (7), a folder for the files.
 * Reader and program take turns, files are in the page cache, the first round warms the compiler
 * and is not counted. Prints medians and the median of the ratios of neighbours; a ratio of 1 is as
 * fast as the program.
 */
public final class ReaderStudy {
  private static final int STEPS_PER_TAU = 200;
  private static final long H5MD_BYTES = 100_000_000;

  private ReaderStudy() {}

  /** A file and what reads it beside us. */
  private record Contest(String name, Path file, int frames, List<String> program) {}

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int repeats = args.length > 1 ? Integer.parseInt(args[1]) : 8;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 7;
    Path folder = args.length > 3 ? Path.of(args[3]) : Files.createTempDirectory("readers");
    List<Frame> frames = frames(Path.of(args[0]));
    System.out.printf(
        Locale.ROOT,
        "%d frames of %d particles, %d rounds%n",
        frames.size() * repeats,
        frames.get(0).count(),
        rounds);
    for (Contest contest : contests(folder, frames, repeats)) {
      run(contest, rounds);
    }
  }

  private static List<Frame> frames(Path path) throws IOException {
    List<Frame> frames = new ArrayList<>();
    try (TrajectoryReader reader = open(path)) {
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        frames.add(frame);
      }
    }
    return frames;
  }

  private static TrajectoryReader open(Path path) throws IOException {
    ReaderOptions options = new ReaderOptions("run", 1.0 / STEPS_PER_TAU, null, null, false);
    return Trajectories.open(path, options, ReadPosition.START);
  }

  private static List<Contest> contests(Path folder, List<Frame> frames, int repeats)
      throws IOException {
    List<Contest> contests = new ArrayList<>();
    List<Frame> six = frames.stream().map(ReaderStudy::rounded).toList();
    int all = frames.size() * repeats;
    for (String name : List.of("six.lammpstrj", "all.lammpstrj", "all.extxyz")) {
      Path file = write(folder.resolve(name), name.startsWith("six") ? six : frames, all);
      contests.add(new Contest(name, file, all, List.of("wc", file.toString())));
      Path packed = folder.resolve(name + ".gz");
      try (InputStream in = Files.newInputStream(file);
          OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed), 1 << 16)) {
        in.transferTo(out);
      }
      List<String> gzip = List.of("gzip", "-dc", packed.toString());
      contests.add(new Contest(name + ".gz", packed, all, gzip));
    }
    // Larger H5MD files are written in parts.
    int part = (int) Math.min(all, H5MD_BYTES / (60L * frames.get(0).count()));
    for (String name : List.of("all.gsd", "all.h5")) {
      int count = name.endsWith("h5") ? part : all;
      Path file = write(folder.resolve(name), frames, count);
      contests.add(new Contest(name, file, count, List.of("cat", file.toString())));
    }
    return contests;
  }

  private static Path write(Path file, List<Frame> frames, int count) throws IOException {
    try (TrajectoryWriter writer = Trajectories.create(file)) {
      for (int k = 0; k < count; k++) {
        Frame frame = frames.get(k % frames.size());
        writer.write(frame.toBuilder().at((long) k * STEPS_PER_TAU, k).build());
      }
    }
    return file;
  }

  /** With about six digits, as programs print by default. */
  private static Frame rounded(Frame frame) {
    double[] rounded =
        Arrays.stream(frame.positions()).map(x -> Math.rint(x * 1e5) / 1e5).toArray();
    Frame.Builder builder = frame.toBuilder();
    return (frame.unwrapped()
            ? builder.unwrapped(rounded)
            : builder.wrapped(rounded, frame.images()))
        .build();
  }

  private static void run(Contest contest, int rounds) throws IOException, InterruptedException {
    double[] ours = new double[rounds];
    double[] theirs = new double[rounds];
    double[] ratios = new double[rounds];
    for (int r = -1; r < rounds; r++) {
      long start = System.nanoTime();
      int found = count(contest.file());
      long between = System.nanoTime();
      int exit =
          new ProcessBuilder(contest.program())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      long end = System.nanoTime();
      if (found != contest.frames() || exit != 0) {
        throw new IOException(
            contest.file()
                + ": "
                + found
                + " frames of "
                + contest.frames()
                + ", exit code "
                + exit);
      }
      if (r >= 0) {
        ours[r] = (between - start) * 1e-9;
        theirs[r] = (end - between) * 1e-9;
        ratios[r] = theirs[r] / ours[r];
      }
    }
    double megabytes = Files.size(contest.file()) * 1e-6;
    System.out.printf(
        Locale.ROOT,
        "%-16s %7.0f MB  vitrine %6.0f MB/s  %-4s %6.0f MB/s  ratio %.2f%n",
        contest.name(),
        megabytes,
        megabytes / median(ours),
        contest.program().get(0),
        megabytes / median(theirs),
        median(ratios));
  }

  private static int count(Path path) throws IOException {
    int count = 0;
    try (TrajectoryReader reader = open(path)) {
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        count++;
      }
    }
    return count;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
