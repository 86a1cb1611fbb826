package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.Analysable;
import io.vitrine.analysis.ParticleScorer;
import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.dynamics.FrameGate;
import io.vitrine.dynamics.HopConvention;
import io.vitrine.dynamics.TimeGrid;
import io.vitrine.dynamics.UnusableException;
import io.vitrine.format.BadFrameException;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.format.WholeFile;
import io.vitrine.format.run.ParticleExport;
import io.vitrine.format.trajectory.Trajectories;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelFile;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.model.Target;
import io.vitrine.pipelines.monitor.Preflight;
import io.vitrine.pipelines.run.Exports;
import io.vitrine.pipelines.run.FailureException;
import io.vitrine.pipelines.run.JsonSummary;
import io.vitrine.pipelines.run.Screen;
import io.vitrine.pipelines.study.ModelFiles;
import io.vitrine.pipelines.study.ModelSources;
import io.vitrine.pipelines.study.QuenchChoice;
import io.vitrine.pipelines.study.SpeciesChoice;
import io.vitrine.streaming.io.feed.FrameScheme;
import io.vitrine.streaming.io.feed.FrameUri;
import io.vitrine.streaming.transforms.Quencher;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jline.utils.AttributedString;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code vitrine score}: a finished trajectory and a classifier in, the same trajectory coloured.
 */
@Command(
    name = "score",
    description = {
      "Write a trajectory with p_hop and score of every particle, for OVITO: of each frame p_hop"
          + " at",
      "its time and the score of its structure (the score that goes with p_hop(t) is that at t - 2",
      "tau); NaN where p_hop has no complete window and for particles that are not looked at."
    },
    footer = {
      "score --frames 'replay:a.gsd?dt=0.005' --export particles=scored.gsd",
      "score --frames replay:a.extxyz --model m.json --export particles=b.gsd"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ScoreCommand implements Callable<Integer> {
  private static final long SHOW_EVERY_NANOS = 500_000_000L;

  @Option(
      names = "--frames",
      required = true,
      paramLabel = "URI",
      description = "a finished file: replay:PATH?T=0.47&dt=0.005 (keys as of monitor)")
  private String frames;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "classifier or regression (repeatable); default: the shipped classifier")
  private List<Path> modelFiles = new ArrayList<>();

  @Option(
      names = "--export",
      required = true,
      paramLabel = "particles=FILE",
      description = {
        "the file: .gsd (log/particles/p_hop, log/particles/score), .extxyz (columns p_hop,"
            + " score),",
        ".h5 (H5MD) or .lammpstrj; with several models score_MODEL"
      })
  private String export;

  @Option(
      names = "--particles",
      paramLabel = "NAME[,NAME]|all",
      description = "species looked at (default: A where there is one, else the most numerous)")
  private String particles;

  @Option(
      names = "--convention",
      paramLabel = "NAME",
      description = "of p_hop: inclusive, half-open, exclude-centre (default: ${DEFAULT-VALUE})")
  private String convention = "inclusive";

  @Option(
      names = "--quench",
      paramLabel = "POTENTIAL",
      arity = "0..1",
      fallbackValue = Quench.BY_MIXTURE,
      description = {
        "take each frame to its inherent structure first, by FIRE with the pairs of: mixture",
        "(default), ka (Kob-Andersen, cut at 2.5 sigma_ab) or all-pairs (at 2.5 sigma_AA)"
      })
  private String quench = "off";

  @Option(
      names = "--mixture",
      paramLabel = "NAME|FILE.yaml",
      description = {
        "whose pair potentials --quench takes: a shipped mixture or a",
        "file (default: kob-andersen for A and B in three dimensions)"
      })
  private String mixture;

  @Mixin private JsonSummary json = new JsonSummary();

  private List<String> species;
  private int dimensions;
  private long read;
  private long windows;
  private long deadLetters;
  private long thinned;
  private long repeated;
  private long shownAt = System.nanoTime();

  @Override
  public Integer call() throws Exception {
    long started = System.nanoTime();
    FrameUri uri = FrameUri.parse(frames);
    if (uri.scheme() != FrameScheme.REPLAY) {
      throw Check.refuse("--frames of score", "be replay:PATH", "'" + frames + "'");
    }
    Path output = Exports.particlesOnly(export);
    SpeciesChoice choice = SpeciesChoice.of(particles);
    QuenchChoice minima = new QuenchChoice(quench, mixture);
    AnalysisSpec plain = spec(uri);
    Preflight look = Preflight.of(uri, plain, Double.NaN);
    AnalysisSpec spec =
        plain
            .withTargets(choice.choose(uri.place(), look.species()))
            .withDimensions(look.dimensions())
            .withQuench(
                minima.choose(
                    List.of(uri), List.copyOf(look.species().keySet()), look.dimensions(), false));
    species = spec.targets().species();
    dimensions = look.dimensions();
    List<Model> models = new ArrayList<>();
    SortedMap<String, ModelFile> files = ModelFiles.of(spec.features(), modelFiles);
    files.values().forEach(file -> models.add(file.model()));
    for (Model model : models) {
      if (model.spec().hasScaledDistances() && !look.sized()) {
        throw new FailureException(
            uri.path() + ": expected diameters for --model " + model.name() + ", found none");
      }
    }
    List<String> names = models.stream().map(Model::name).toList();
    ParticleExport.fields(names);
    PrintStream people = json.people();
    people.println(uri.id() + ": " + look.describe(spec.targets()));
    ModelSources.warnings(files.values(), look.composition())
        .forEach(line -> people.println(uri.id() + ": " + line));
    Quencher quencher = Quencher.of(spec);
    try {
      score(uri, spec, models, quencher, output, look.frames(), people);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (UnusableException e) {
      throw new FailureException(uri.path() + ": " + e.getMessage(), e);
    }
    return report(names, output, quencher, people, (System.nanoTime() - started) * 1e-9);
  }

  /** As {@code monitor} does without other options. */
  private AnalysisSpec spec(FrameUri uri) {
    AnalysisSpec standard = AnalysisSpec.standard();
    return new AnalysisSpec(
        (int) TimeGrid.of(uri.number("interval", 1.0)).intervalMillis(),
        standard.windowMillis(),
        standard.lagMillis(),
        HopConvention.named(convention),
        Target.A,
        standard.hopThreshold(),
        standard.features(),
        standard.training(),
        standard.keepHops(),
        standard.featureMillis(),
        standard.keepFrames(),
        Quench.OFF);
  }

  private void score(
      FrameUri uri,
      AnalysisSpec spec,
      List<Model> models,
      Quencher quencher,
      Path output,
      long expected,
      PrintStream people)
      throws IOException, UnusableException {
    List<String> names = models.stream().map(Model::name).toList();
    try (TrajectoryReader reader =
            Trajectories.open(uri.path(), uri.readerOptions(uri.id(), false), ReadPosition.START);
        TrajectoryWriter writer = ParticleExport.begin(output);
        Screen screen = Screen.open(people)) {
      ParticleScorer scorer =
          ParticleScorer.of(
              spec,
              uri.dt(),
              Quencher.scores(spec, models),
              quencher,
              scored -> {
                write(writer, names, scored);
                show(writer.frames(), expected, screen);
              });
      for (boolean more = true; more; ) {
        more = next(reader, scorer);
      }
      scorer.finish();
    }
    WholeFile.finish(output);
  }

  private boolean next(TrajectoryReader reader, ParticleScorer scorer)
      throws IOException, UnusableException {
    try {
      Frame frame = reader.next();
      if (frame == null) {
        return false;
      }
      String other = otherKind(frame);
      if (other != null) {
        refuse(other);
        return true;
      }
      FrameGate.Verdict verdict = scorer.accept(frame);
      if (verdict.note() != null) {
        System.err.println("vitrine: " + verdict.note());
      }
      switch (verdict.kind()) {
        case ACCEPTED -> read++;
        case THINNED -> thinned++;
        case REPEATED -> repeat(frame);
        case REFUSED -> refuse(verdict.reason());
      }
    } catch (BadFrameException e) {
      refuse(e.getMessage());
    }
    return true;
  }

  private void repeat(Frame frame) {
    if (repeated++ == 0) {
      System.err.println(
          "vitrine: step "
              + frame.step()
              + " came again with the same positions; such frames are left out and counted");
    }
  }

  /** Why a frame is not of the kind the first one is, or null. */
  private String otherKind(Frame frame) {
    try {
      Analysable.check(frame);
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
    List<String> found = frame.particles().names();
    if (!found.equals(species)) {
      return "expected the species " + species + ", found " + found;
    }
    return frame.box().dimensions() == dimensions
        ? null
        : "expected " + dimensions + " dimensions, found " + frame.box().dimensions();
  }

  private void refuse(String reason) {
    deadLetters++;
    System.err.println("vitrine: frame left out: " + reason);
  }

  private void write(TrajectoryWriter writer, List<String> names, ParticleScorer.Scored scored) {
    if (scored.complete()) {
      windows++;
    }
    try {
      writer.write(
          scored.frame(), ParticleExport.fields(names, scored.pHop(), List.of(scored.scores())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void show(long done, long expected, Screen screen) {
    long now = System.nanoTime();
    if (now - shownAt >= SHOW_EVERY_NANOS || done == expected) {
      String text = done + (expected > 0 ? "/" + expected : "") + " frames scored";
      screen.draw(List.of(new AttributedString(text)));
      shownAt = now;
    }
  }

  private Integer report(
      List<String> names, Path output, Quencher quencher, PrintStream people, double seconds)
      throws IOException {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("frames", read).put("windows", windows).put("dead_letters", deadLetters);
    node.put("frames_thinned", thinned).put("frames_repeated", repeated);
    names.forEach(node.putArray("models")::add);
    node.putArray("files").add(output.toString());
    people.println(read + " frames, " + windows + " with p_hop, " + deadLetters + " dead letters");
    if (quencher.frames() > 0) {
      ObjectNode cost = node.putObject("quench");
      cost.put("iterations_per_frame", (double) quencher.iterations() / quencher.frames());
      cost.put("seconds_per_frame", quencher.seconds() / quencher.frames());
      cost.put("not_converged", quencher.notConverged());
      people.println(
          String.format(
              Locale.ROOT,
              "  quenched: %d iterations, %.2f s a frame, %d frames not at their minimum",
              quencher.iterations() / quencher.frames(),
              quencher.seconds() / quencher.frames(),
              quencher.notConverged()));
    }
    people.println("  " + output);
    node.put("seconds", Math.rint(seconds * 1000) / 1000);
    json.print(node);
    return 0;
  }
}
