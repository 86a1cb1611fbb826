package io.vitrine.pipelines.study;

import io.vitrine.analysis.spec.AnalysisSpec;
import io.vitrine.analysis.spec.Quench;
import io.vitrine.analysis.spec.SoftnessRule;
import io.vitrine.model.FeatureSets;
import io.vitrine.pipelines.run.LivePage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code monitor}, as they are on the command line. */
public final class MonitorOptions {
  @Option(
      names = "--frames",
      paramLabel = "URI",
      description = {
        "where frames come from, one simulation each (repeatable):",
        "  replay:PATH?T=0.5&dt=0.005      a finished file",
        "  follow:PATH?T=0.5&dt=0.005      a file being written",
        "  simulate:?T=0.5&N=4096&seed=1   the built-in engine",
        "  imd://HOST:PORT?T=0.5&types=F   an engine (LAMMPS: fix imd)",
        "  kafka://HOST:PORT/TOPIC?T=0.5   a topic",
        "keys: T temperature (epsilon/k), dt time per step (the file's unit), id, format, types,",
        "length and time (units of the file per sigma and tau, where it says other units than lj),",
        "names=OLD:NEW,... (species; 1 is A, 2 is B, ...), dimensions (2 takes the plane z = 0),",
        "every (imd: tau between frames, default 1),",
        "interval between the frames of a window (default 1 tau), pace (frames/s),",
        "quiet (follow: s without growth, then it may have ended; default 300).",
        "Default: two simulations, N=1000, T=0.5 and T=1.0"
      })
  public List<String> frames = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description =
          "model that scores the structures, classifier or regression (repeatable); default: the"
              + " shipped classifier")
  public List<Path> models = new ArrayList<>();

  @Option(names = "--no-model", description = "score nothing")
  boolean noModel;

  @Option(
      names = "--study",
      paramLabel = "NAME|FILE.yaml",
      description = {
        "name of the study in the store (default: ${DEFAULT-VALUE}), or a file that holds",
        "the whole study: these options without dashes as keys; typed options override it"
      })
  public String study = "default";

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "run folder (default: runs/STUDY); started again, the run continues")
  Path output;

  @Option(
      names = "--store",
      paramLabel = "JDBC-URL",
      description = "results store, jdbc:sqlite:FILE or jdbc:postgresql://... (default: in DIR)")
  public String store;

  @Option(
      names = "--export",
      paramLabel = "KIND=FILE",
      description = {
        "file to make at the end (repeatable): hops=FILE.h5 (p_hop and scores),",
        "features=FILE.h5 (structure functions, with --at), particles=FILE (.gsd, .extxyz, .h5:",
        "each frame with p_hop at its time and the score of its structure, for OVITO)"
      })
  List<String> exports = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "T1,T2,...",
      split = ",",
      description = "times (tau) of the structures whose features are exported")
  List<Double> at = new ArrayList<>();

  @Option(
      names = "--particles",
      paramLabel = "NAME[,NAME]|all",
      description = {
        "species looked at (default: A where there is one, else the most numerous);",
        "NAME,NAME or all: the first, or the default, is looked at; exports hold the others too"
      })
  public String particles;

  @Option(
      names = "--runner",
      paramLabel = "NAME",
      description =
          "flink (in this process, survives a kill) or direct, for tests: it keeps a core busy while"
              + " it waits (default: ${DEFAULT-VALUE})")
  public String runner = "flink";

  @Option(
      names = "--threads",
      paramLabel = "K",
      description = {
        "threads a step in this process; any number gives the same results (default: all cores, at"
            + " most 8; a quarter of them beside a run that is followed or sends its frames);",
        "./vitrine bounds Java's own threads by it, too"
      })
  public int threads;

  @Option(
      names = "--flink-master",
      paramLabel = "HOST:PORT",
      description = "run on this Flink cluster (runners/flink/bin/cluster starts one)")
  public String flinkMaster;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "tasks a step on a cluster (default: its free slots)")
  public int parallelism;

  @Option(
      names = "--block",
      paramLabel = "N",
      description =
          "frames of more particles are cut into blocks of N for p_hop, which any worker takes"
              + " (default: ${DEFAULT-VALUE})")
  int block = AnalysisSpec.BLOCK_PARTICLES;

  @Option(
      names = "--detach",
      description = "leave the job on the cluster alone; the same command attaches to it")
  public boolean detach;

  @Option(names = "--until", paramLabel = "TAU", description = "last simulation time, tau")
  public double until = Double.NaN;

  @Option(
      names = "--until-quiet",
      description = {
        "end where a file that is followed has not grown for quiet= of its URI (s, default 300):",
        "its writer has ended"
      })
  public boolean untilQuiet;

  @Option(
      names = "--convention",
      paramLabel = "NAME",
      description =
          "half of the window its centre belongs to: inclusive, half-open, exclude-centre"
              + " (default: ${DEFAULT-VALUE})")
  public String convention = "inclusive";

  @Option(
      names = "--hop-threshold",
      paramLabel = "P",
      description = "p_c: rearranging where p_hop > P (default: ${DEFAULT-VALUE} sigma^2)")
  double hopThreshold = 0.2;

  @Option(
      names = "--tail-fraction",
      paramLabel = "F",
      description = "fraction of p_hop values in each tail of the training set (default: 0.00033)")
  double tailFraction = 0.00033;

  @Option(
      names = "--tail-capacity",
      paramLabel = "K",
      description = "most samples kept of each tail where the length is not known (default: 5200)")
  int tailCapacity = 5200;

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = {
        "what the tails are tails of, what ridge regression learns and what scores are compared",
        "with: p_hop (default), log-p_hop or displacement (over the window)"
      })
  String label = "p_hop";

  @Option(
      names = "--window",
      paramLabel = "TAU",
      description = "observation time of p_hop, half of it before t and half after (default: 10)")
  double window = 10;

  @Option(
      names = "--lag",
      paramLabel = "TAU",
      description = "the structure of t - TAU goes with p_hop(t), within the window (default: 2)")
  double lag = 2;

  @Option(
      names = "--radii",
      paramLabel = "FROM:TO:STEP",
      description = "radii of the structure functions, sigma (default: ${DEFAULT-VALUE})")
  String radii = "0.1:5:0.1";

  @Option(
      names = "--delta",
      paramLabel = "D",
      description =
          "width of the structure functions, sigma (default: ${DEFAULT-VALUE}); neighbours count up"
              + " to 6 D beyond the last radius")
  double delta = 0.2;

  @Option(
      names = "--scale-distances",
      paramLabel = "UNIT",
      description =
          "none (default), or diameter: distances in features are divided by the mean diameter of"
              + " the pair")
  String scaleDistances = "none";

  @Option(
      names = "--thin",
      paramLabel = "TAU",
      description = "a particle gives a tail one sample within TAU only (default: 0, all)")
  double thin;

  @Option(
      names = "--immobile-vs-random",
      description = "also the low tail against as many particles drawn from all")
  boolean immobileVsRandom;

  @Option(
      names = "--quiet",
      paramLabel = "P|auto",
      description = {
        "p_l of the softness rule: quiet where p_hop < P for 120 tau (default: 0.0085);",
        "auto: the smallest that gives as many quiet runs as wanted;",
        "without a value: as --silent"
      },
      preprocessor = SilentWithoutValue.class)
  String quiet = "0.0085";

  @Option(
      names = "--softness-size",
      paramLabel = "N",
      description = "hops and quiet runs wanted of each simulation (default: 3800)")
  int softnessSize = SoftnessRule.SIZE;

  @Option(
      names = "--one-per-hop",
      description = "one softness sample a hop, at its largest p_hop, instead of one a window")
  boolean onePerHop;

  @Option(
      names = "--wavevector",
      paramLabel = "K",
      description =
          "k of F_s(k,t), 1/sigma (repeatable; default: 7.25); the first one defines tau_alpha")
  List<Double> wavevectors = new ArrayList<>();

  @Option(
      names = "--overlap",
      paramLabel = "A",
      description =
          "a of the overlap Q(t): a particle within A of where it was (default:"
              + " ${DEFAULT-VALUE} sigma)")
  double overlap = 0.3;

  @Option(
      names = "--quench",
      paramLabel = "POTENTIAL",
      arity = "0..1",
      fallbackValue = Quench.BY_MIXTURE,
      description = {
        "take each frame to its inherent structure first, by FIRE with the pairs of: mixture",
        "(default), ka (Kob-Andersen, cut at 2.5 sigma_ab) or all-pairs (at 2.5 sigma_AA)"
      })
  public String quench = "off";

  @Option(
      names = "--mixture",
      paramLabel = "NAME|FILE.yaml",
      description = {
        "whose pair potentials --quench and the feature set energy take: a shipped mixture or a file"
            + " (default:",
        "that of the simulate: sources, else kob-andersen for A and B in three dimensions)"
      })
  public String mixture;

  @Option(
      names = "--capture",
      paramLabel = "RULE",
      arity = "0..1",
      fallbackValue = "sigmas=3",
      description = {
        "keep the frames around bursts of rearrangement, DIR/capture/ID/burst-TIME.gsd: windows"
            + " where",
        "more than a fraction of the particles rearranges (above=0.02), or more than K standard",
        "deviations above the mean of all windows before (sigmas=3, the default)"
      })
  String capture;

  @Option(
      names = "--capture-space",
      paramLabel = "BYTES",
      description = "disk space for all bursts together; the strongest are kept (default: 1 GiB)")
  long captureSpace = 1L << 30;

  @Option(
      names = "--keep-windows",
      paramLabel = "K",
      description = {
        "newest windows of a simulation that the store keeps in full, at least 1000; of older ones"
            + " every tenth stays,",
        "counters, histograms and means cover all (default: all stay)"
      })
  Long keepWindows;

  @Option(
      names = "--no-hop-events",
      description =
          "store no row for each hop of a particle (at T = 1.0 some 0.065 a particle and tau, 73"
              + " bytes each)")
  boolean noHopEvents;

  @Option(
      names = "--train",
      paramLabel = "every=TAU",
      arity = "0..1",
      fallbackValue = "end",
      description = {
        "train a classifier when the run ends (model.json); every=TAU: also while it runs,",
        "the newest version scores as 'live' beside the models given"
      })
  public String train;

  @Option(
      names = "--learner",
      paramLabel = "NAME",
      description =
          "what --train every=TAU trains: svm (a classifier of the tails; default) or ridge (a"
              + " regression on --label)")
  String learner = "svm";

  @Option(
      names = "--features",
      paramLabel = "SET[,SET...]",
      description = {
        "of --learner ridge: radial, fine, composition, energy, angular, bond-order and average:N",
        "of those before (default: " + FeatureSets.STANDARD + ")"
      })
  String features;

  @Option(
      names = "--export-part",
      paramLabel = "BYTES",
      description = "data a part of an export holds at most (default: 1 GiB)")
  long exportPart = 1L << 30;

  @Option(
      names = "--ui",
      paramLabel = "HOST:PORT",
      arity = "0..1",
      fallbackValue = LivePage.DEFAULT_ADDRESS,
      description = {
        "show a live page (default: " + LivePage.DEFAULT_ADDRESS + "); in a terminal it stays",
        "when the run has ended, until Ctrl-C"
      })
  public String ui;

  @Option(names = "--ui-exit", description = "with --ui: the page goes when the run ends")
  public boolean uiExit;

  @Option(
      names = "--alarm-command",
      paramLabel = "PROGRAM",
      description = {
        "run this program, without arguments, when an alarm is raised (at most one every 5 s, ended"
            + " after 10 s);",
        "it is told by VITRINE_ALARM, VITRINE_STUDY, VITRINE_SIMULATION, VITRINE_VALUE,"
            + " VITRINE_TEXT"
      })
  public Path alarmCommand;

  @Option(names = "--fresh", description = "move an existing run folder aside and start anew")
  public boolean fresh;

  @Option(
      names = "--silent",
      description = "show no table or line while it runs; what is wrong and the end are still told")
  public boolean silent;

  @Option(names = "--json", description = "one machine-readable summary on stdout")
  public boolean json;

  @Option(
      names = "--print-config",
      description = "print all options as a study file, each with where it comes from, and stop")
  public boolean printConfig;
}
