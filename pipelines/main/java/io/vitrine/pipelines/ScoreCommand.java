package io.vitrine.pipelines;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitrine.analysis.AnalysisSpec;
import io.vitrine.analysis.ParticleScorer;
import io.vitrine.dynamics.FrameGate;
import io.vitrine.format.BadFrameException;
import io.vitrine.format.ParticleExport;
import io.vitrine.format.ReadPosition;
import io.vitrine.format.Trajectories;
import io.vitrine.format.TrajectoryReader;
import io.vitrine.format.TrajectoryWriter;
import io.vitrine.learning.Model;
import io.vitrine.learning.ModelJson;
import io.vitrine.model.Check;
import io.vitrine.model.Frame;
import io.vitrine.streaming.io.FrameUri;
import io.vitrine.streaming.transforms.Quencher;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code vitrine score}: a finished trajectory and a classifier in, the same trajectory coloured.
 */
@Command(
    name = "score",
    description = {
      "Write a trajectory with p_hop and score of every particle, for OVITO: of each frame p_hop at",
      "its time and the score of its structure (the score that goes with p_hop(t) is that at t - 2",
      "tau); NaN where p_hop has no complete window and for particles that are not looked at."
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
      description = "classifier (repeatable); default: the shipped one")
  private List<Path> modelFiles = new ArrayList<>();

  @Option(
      names = "--export",
      required = true,
      paramLabel = "particles=FILE",
      description = {
        "the file: .gsd (log/particles/p_hop, log/particles/score), .extxyz (columns p_hop, score),",
        ".h5 (H5MD) or .lammpstrj; with several models score_MODEL"
      })
  private String export;

  @Option(
      names = "--particles",
      paramLabel = "a|b|all",
      description = "particles looked at (default: ${DEFAULT-VALUE})")
  private String particles = "a";

  @Option(
      names = "--convention",
      paramLabel = "NAME",
      description = "of p_hop: inclusive, half-open, exclude-centre (default: ${DEFAULT-VALUE})")
  private String convention = "inclusive";

  @Option(
      names = "--quench",
      paramLabel = "POTENTIAL",
      arity = "0..1",
      fallbackValue = "ka",
      description = {
        "take each frame to its inherent structure first, by FIRE with the Kob-Andersen potential:",
        "ka (cut at 2.5 sigma_ab; the default) or all-pairs (at 2.5 sigma_AA)"
      })
  private String quench = "off";

  @Option(names = "--json", description = "one machine-readable summary on stdout")
  private boolean json;

  private long read;
  private long windows;
  private long deadLetters;
  private long thinned;
  private long shownAt = System.nanoTime();

  @Override
  public Integer call() throws Exception {
    long started = System.nanoTime();
    FrameUri uri = FrameUri.parse(frames);
    if (uri.scheme() != FrameUri.Scheme.REPLAY) {
      throw Check.refuse("--frames of score", "be replay:PATH", "'" + frames + "'");
    }
    Path output = Exports.particlesOnly(export);
    MonitorOptions analysis = new MonitorOptions();
    analysis.frames = List.of(frames);
    analysis.models = modelFiles;
    analysis.particles = particles;
    analysis.convention = convention;
    analysis.quench = quench;
    StudySpec spec = Study.of(analysis).spec();
    List<Model> models = new ArrayList<>();
    for (Map.Entry<String, String> e : spec.models().entrySet()) {
      models.add(ModelJson.parse(e.getKey(), e.getValue()));
    }
    List<String> names = models.stream().map(Model::name).toList();
    ParticleExport.fields(names);
    Preflight look = Preflight.of(uri, spec.analysis(), Double.NaN);
    PrintStream people = json ? System.err : System.out;
    Quencher quencher = Quencher.of(spec.analysis().quench());
    try {
      score(uri, spec.analysis(), models, quencher, output, look.frames(), people);
    } catch (UncheckedIOException e) {
      throw new FailureException(RunFolder.reason(e.getCause()), e);
    } catch (IOException e) {
      throw new FailureException(RunFolder.reason(e), e);
    } catch (FrameGate.SpacingException e) {
      throw new FailureException(uri.path() + ": " + e.getMessage(), e);
    }
    return report(names, output, quencher, people, (System.nanoTime() - started) * 1e-9);
  }

  private void score(
      FrameUri uri,
      AnalysisSpec spec,
      List<Model> models,
      Quencher quencher,
      Path output,
      long expected,
      PrintStream people)
      throws IOException, FrameGate.SpacingException {
    List<String> names = models.stream().map(Model::name).toList();
    try (TrajectoryReader reader =
            Trajectories.open(uri.path(), uri.readerOptions(uri.id(), false), ReadPosition.START);
        TrajectoryWriter writer = ParticleExport.begin(output)) {
      ParticleScorer scorer =
          ParticleScorer.of(
              spec,
              models,
              quencher,
              scored -> {
                write(writer, names, scored);
                show(writer.frames(), expected, people);
              });
      for (boolean more = true; more; ) {
        more = next(reader, scorer);
      }
      scorer.finish();
    }
    ParticleExport.finish(output);
    if (Terminal.isThere()) {
      people.println();
    }
  }

  private boolean next(TrajectoryReader reader, ParticleScorer scorer)
      throws IOException, FrameGate.SpacingException {
    try {
      Frame frame = reader.next();
      if (frame == null) {
        return false;
      }
      FrameGate.Verdict verdict = scorer.accept(frame);
      switch (verdict.kind()) {
        case ACCEPTED -> read++;
        case THINNED -> thinned++;
        case REFUSED -> refuse(verdict.reason());
      }
    } catch (BadFrameException e) {
      refuse(e.getMessage());
    }
    return true;
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

  private void show(long done, long expected, PrintStream people) {
    long now = System.nanoTime();
    if (Terminal.isThere() && (now - shownAt >= SHOW_EVERY_NANOS || done == expected)) {
      people.print("\r\u001b[K" + done + (expected > 0 ? "/" + expected : "") + " frames scored");
      people.flush();
      shownAt = now;
    }
  }

  private Integer report(
      List<String> names, Path output, Quencher quencher, PrintStream people, double seconds) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("frames", read).put("windows", windows).put("dead_letters", deadLetters);
    node.put("frames_thinned", thinned);
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
    if (json) {
      System.out.println(node);
    }
    return 0;
  }
}
