package io.vitrine.analysis.spec;

import io.vitrine.dynamics.HopConvention;
import io.vitrine.dynamics.WindowSpec;
import io.vitrine.model.Check;
import io.vitrine.model.FeatureSpec;
import io.vitrine.model.Target;
import io.vitrine.relaxation.RelaxationSpec;
import java.io.Serializable;

/**
 * What is computed of every window: everything that changes a number.
 *
 * @param intervalMillis distance of the frames of a window, ms of event time
 * @param windowMillis time from the first to the last frame of a window, ms
 * @param lagMillis how far before the centre of a window the structure is that goes with it, ms
 * @param convention to which half of the window its centre belongs
 * @param targets species of the particles looked at
 * @param hopThreshold p_c: a particle rearranges where p_hop &gt; p_c, sigma^2
 * @param features the structure functions
 * @param training who becomes a training sample
 * @param keepHops whether p_hop and scores of every window are kept for an export
 * @param featureMillis event times whose structure functions are kept for an export, ascending
 * @param keepFrames whether the structures themselves are kept for an export
 * @param quench whether frames are taken to their inherent structures first
 * @param relaxation the relaxation functions of the run
 * @param blockParticles particles in a block: frames of more are cut for p_hop; sums over particles
 *     run block by block, cut or not
 */
public record AnalysisSpec(
    int intervalMillis,
    int windowMillis,
    int lagMillis,
    HopConvention convention,
    Target targets,
    double hopThreshold,
    FeatureSpec features,
    TrainingSpec training,
    boolean keepHops,
    long[] featureMillis,
    boolean keepFrames,
    Quench quench,
    RelaxationSpec relaxation,
    int blockParticles)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** p_c of the paper, sigma^2. */
  public static final double HOP_THRESHOLD = 0.2;

  /** Particles in a block. */
  public static final int BLOCK_PARTICLES = 65_536;

  /** The bulk moments are taken of every tenth frame. */
  public static final int BULK_STRIDE = 10;

  /** Checks the numbers. */
  public AnalysisSpec {
    Check.positive("hop threshold", hopThreshold);
    Check.positive("particles in a block", blockParticles);
    new WindowSpec(intervalMillis, windowMillis, lagMillis);
    featureMillis = featureMillis.clone();
  }

  /** The same with the standard relaxation functions and blocks. */
  public AnalysisSpec(
      int intervalMillis,
      int windowMillis,
      int lagMillis,
      HopConvention convention,
      Target targets,
      double hopThreshold,
      FeatureSpec features,
      TrainingSpec training,
      boolean keepHops,
      long[] featureMillis,
      boolean keepFrames,
      Quench quench) {
    this(
        intervalMillis,
        windowMillis,
        lagMillis,
        convention,
        targets,
        hopThreshold,
        features,
        training,
        keepHops,
        featureMillis,
        keepFrames,
        quench,
        RelaxationSpec.standard(),
        BLOCK_PARTICLES);
  }

  /** The paper's choices. */
  public static AnalysisSpec standard() {
    return new AnalysisSpec(
        WindowSpec.standard().intervalMillis(),
        WindowSpec.standard().spanMillis(),
        WindowSpec.standard().lagMillis(),
        HopConvention.INCLUSIVE,
        Target.A,
        HOP_THRESHOLD,
        FeatureSpec.standard(),
        TrainingSpec.standard(),
        false,
        new long[0],
        false,
        Quench.OFF);
  }

  /** Shape of the windows. */
  public WindowSpec window() {
    return new WindowSpec(intervalMillis, windowMillis, lagMillis);
  }

  /** Fraction f of each tail that becomes training samples. */
  public double tailFraction() {
    return training.tailFraction();
  }

  /** Most samples K kept of each tail of each simulation. */
  public int tailCapacity() {
    return training.tailCapacity();
  }

  /** Whether the structure functions of all targets at this time belong to the bulk moments. */
  public boolean isBulkFrame(long structureMillis) {
    return Math.floorDiv(structureMillis, intervalMillis) % BULK_STRIDE == 0;
  }

  /** Whether the structure functions at this time are to be exported. */
  public boolean exportsFeatures(long structureMillis) {
    for (long millis : featureMillis) {
      if (millis == structureMillis) {
        return true;
      }
    }
    return false;
  }

  /** The same, with another number of samples kept of each tail. */
  public AnalysisSpec withTailCapacity(int capacity) {
    return withTraining(training.withTailCapacity(capacity));
  }

  /** The same of another species, among others. */
  public AnalysisSpec withTargets(Target other) {
    return with(
        other, features.withSpecies(other.species()), training, quench, relaxation, blockParticles);
  }

  /** The same in two or three dimensions. */
  public AnalysisSpec withDimensions(int dimensions) {
    RelaxationSpec flat =
        new RelaxationSpec(dimensions, relaxation.wavevectors(), relaxation.overlap());
    return with(
        targets, features.withDimensions(dimensions), training, quench, flat, blockParticles);
  }

  /** The same, with other training samples. */
  public AnalysisSpec withTraining(TrainingSpec other) {
    return with(targets, features, other, quench, relaxation, blockParticles);
  }

  /** The same, with frames taken to their inherent structures first. */
  public AnalysisSpec withQuench(Quench potential) {
    return with(targets, features, training, potential, relaxation, blockParticles);
  }

  /** The same, with other relaxation functions. */
  public AnalysisSpec withRelaxation(RelaxationSpec other) {
    return with(targets, features, training, quench, other, blockParticles);
  }

  /** The same with frames cut into blocks of so many particles. */
  public AnalysisSpec withBlockParticles(int particles) {
    return with(targets, features, training, quench, relaxation, particles);
  }

  private AnalysisSpec with(
      Target targets,
      FeatureSpec features,
      TrainingSpec training,
      Quench quench,
      RelaxationSpec relaxation,
      int blockParticles) {
    return new AnalysisSpec(
        intervalMillis,
        windowMillis,
        lagMillis,
        convention,
        targets,
        hopThreshold,
        features,
        training,
        keepHops,
        featureMillis,
        keepFrames,
        quench,
        relaxation,
        blockParticles);
  }
}
