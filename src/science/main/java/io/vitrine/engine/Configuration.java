package io.vitrine.engine;

import io.vitrine.model.Box;
import io.vitrine.model.Check;
import io.vitrine.model.Particles;
import java.util.Arrays;

/**
 * Where the particles are, how fast they go and what acts on them, in arrays made for the force
 * loop.
 *
 * <p>Particles are in slots sorted by (row of cells, type, cell, index) so that neighbours lie
 * close in memory; positions, velocities and forces have stride 4 (x, y, z, unused). Positions are
 * relative to the lower corner of the box, wrapped at every {@link #arrange}, with image counts
 * beside them; in two dimensions z is 0. The order of slots and pairs is a function of positions
 * and indices alone, never of history, so two configurations with equal contents give equal bits
 * ever after.
 */
final class Configuration {
  /** A particle this many box lengths away has not moved but exploded. */
  private static final double LARGEST_TURNS = 1e6;

  private static final int STRIDE = 4;

  final Box box;
  final Interactions interactions;

  /** 1/m by type, or null where all masses are 1. */
  final double[] perMass;

  final Particles particles;
  final int count;
  double[] x;
  double[] f;
  double[] v;
  byte[] types;

  private final double[] reference;
  private double[] spareX;
  private double[] spareV;
  private int[] images;
  private int[] spareImages;
  private byte[] spareTypes;
  private int[] indexOf;
  private final int[] slotOf;
  private final int[] keyOf;
  private final int[] starts;
  private final int[] cursor;
  private final Cells cells;
  private final Ghosts ghosts;
  private final boolean flat;
  private PairWork work;
  private int total;

  /** Refuses boxes that are not orthogonal, periodic and at least one cut-off wide. */
  static void checkBox(Box box, Interactions interactions) {
    if (!box.isOrthogonal() || !box.isPeriodic()) {
      throw Check.refuse("box of a simulation", "be orthogonal and periodic", box);
    }
    double narrowest = Math.min(box.lx(), box.ly());
    if (box.dimensions() == 3) {
      narrowest = Math.min(narrowest, box.lz());
    }
    double cutoff = interactions.largestCutoff();
    if (narrowest < cutoff) {
      throw Check.refuse("box edge", "be at least the cut-off, " + cutoff, narrowest);
    }
  }

  /**
   * Copies what it is given; index order; nothing is arranged yet.
   *
   * @param positions [3N] relative to the lower corner, any image
   * @param imagesOrNull [3N] images to count on from, or null for zero
   * @param velocities [3N]
   */
  Configuration(
      Box box,
      Interactions interactions,
      Particles particles,
      double[] positions,
      int[] imagesOrNull,
      double[] velocities) {
    checkBox(box, interactions);
    checkSpecies(particles, interactions);
    this.box = box;
    this.flat = box.dimensions() == 2;
    this.interactions = interactions;
    this.perMass =
        interactions.hasUnitMasses()
            ? null
            : interactions.masses().stream().mapToDouble(mass -> 1 / mass).toArray();
    this.particles = particles;
    this.count = particles.count();
    this.cells =
        new Cells(box, interactions.largestCutoff() + PairList.SKIN, interactions.species());
    this.ghosts = new Ghosts(cells, box, interactions.species());
    this.work = new PairWork(1, count, cells, interactions);
    this.x = new double[STRIDE * count];
    this.spareX = new double[STRIDE * count];
    this.f = new double[STRIDE * count];
    this.v = new double[STRIDE * count];
    this.spareV = new double[STRIDE * count];
    this.reference = new double[STRIDE * count];
    this.images = imagesOrNull == null ? new int[3 * count] : imagesOrNull.clone();
    this.spareImages = new int[3 * count];
    this.types = particles.types().clone();
    this.spareTypes = new byte[count];
    this.indexOf = new int[count];
    this.slotOf = new int[count];
    this.keyOf = new int[count];
    this.starts = new int[cells.keys() + 1];
    this.cursor = new int[cells.keys() + 1];
    for (int i = 0; i < count; i++) {
      indexOf[i] = i;
      slotOf[i] = i;
      for (int c = 0; c < box.dimensions(); c++) {
        x[STRIDE * i + c] = positions[3 * i + c];
        v[STRIDE * i + c] = velocities[3 * i + c];
      }
    }
  }

  private static void checkSpecies(Particles particles, Interactions interactions) {
    int species = interactions.species();
    byte[] types = particles.types();
    for (int i = 0; i < types.length; i++) {
      if (types[i] >= species) {
        throw Check.refuse(
            "species of particle " + particles.ids()[i],
            "be one of the " + species + " that interact",
            particles.names().get(types[i]));
      }
    }
  }

  /** Degrees of freedom of N particles whose centre of mass rests. */
  static double freedom(Box box, int count) {
    return box.dimensions() * (count - 1.0);
  }

  double freedom() {
    return freedom(box, count);
  }

  /** Lists and forces by so many threads from here on; arranges anew. */
  void use(int threads) {
    work = new PairWork(threads, count, cells, interactions);
    arrange();
  }

  /** Wraps, sorts, places ghosts and lists pairs anew. */
  void arrange() {
    for (int i = 0; i < count; i++) {
      wrap(i, 0, box.lx());
      wrap(i, 1, box.ly());
      if (!flat) {
        wrap(i, 2, box.lz());
      }
      int at = STRIDE * i;
      keyOf[indexOf[i]] = cells.key(cells.of(x[at], x[at + 1], x[at + 2]), types[i]);
    }
    sort();
    total = ghosts.build(count, starts);
    if (f.length < STRIDE * total) {
      int capacity = STRIDE * (total + total / 8);
      x = Arrays.copyOf(x, capacity);
      spareX = Arrays.copyOf(spareX, capacity);
      f = new double[capacity];
    }
    System.arraycopy(x, 0, reference, 0, STRIDE * count);
    ghosts.refresh(x);
    work.list(x, ghosts, starts);
  }

  private void wrap(int slot, int axis, double edge) {
    int at = STRIDE * slot + axis;
    double value = x[at];
    if (value >= 0 && value < edge) {
      return;
    }
    double turns = Math.floor(value / edge);
    if (!(Math.abs(turns) < LARGEST_TURNS)) {
      throw new IllegalStateException(
          "particle " + particles.ids()[indexOf[slot]] + " is at " + value + ": the run blew up");
    }
    value -= turns * edge;
    images[3 * slot + axis] += (int) turns;
    if (value < 0) { // rounding of the division above
      value += edge;
      images[3 * slot + axis]--;
    }
    if (value >= edge) { // -1e-20 + edge is edge
      value = 0;
      images[3 * slot + axis]++;
    }
    x[at] = value;
  }

  private void sort() {
    Arrays.fill(cursor, 0);
    for (int index = 0; index < count; index++) {
      cursor[keyOf[index]]++;
    }
    int sum = 0;
    for (int k = 0; k < starts.length; k++) {
      starts[k] = sum;
      sum += cursor[k];
      cursor[k] = starts[k];
    }
    int[] order = new int[count];
    for (int index = 0; index < count; index++) {
      int to = cursor[keyOf[index]]++;
      int from = slotOf[index];
      System.arraycopy(x, STRIDE * from, spareX, STRIDE * to, STRIDE);
      System.arraycopy(v, STRIDE * from, spareV, STRIDE * to, STRIDE);
      System.arraycopy(images, 3 * from, spareImages, 3 * to, 3);
      spareTypes[to] = types[from];
      order[to] = index;
    }
    for (int slot = 0; slot < count; slot++) {
      slotOf[order[slot]] = slot;
    }
    indexOf = order;
    double[] oldX = x;
    x = spareX;
    spareX = oldX;
    double[] oldV = v;
    v = spareV;
    spareV = oldV;
    int[] oldImages = images;
    images = spareImages;
    spareImages = oldImages;
    byte[] oldTypes = types;
    types = spareTypes;
    spareTypes = oldTypes;
  }

  /** Follows the particles with their ghosts, or arranges anew when some pair may be unlisted. */
  void follow() {
    if (movedTooFar()) {
      arrange();
    } else {
      ghosts.refresh(x);
    }
  }

  private boolean movedTooFar() {
    double limit = PairList.SKIN * PairList.SKIN / 4;
    int far = 0;
    for (int k = 0; k < STRIDE * count; k += STRIDE) {
      double dx = x[k] - reference[k];
      double dy = x[k + 1] - reference[k + 1];
      double dz = x[k + 2] - reference[k + 2];
      far += dx * dx + dy * dy + dz * dz < limit ? 0 : 1; // NaN is far, and found when wrapped
    }
    return far > 0;
  }

  /** Computes all forces at the present positions. */
  void computeForces() {
    work.forces(x, types, f, STRIDE * total);
    ghosts.fold(f);
  }

  /** Computes forces by another pair law. */
  void computeForces(SoftRepulsion law) {
    Arrays.fill(f, 0, STRIDE * total, 0.0);
    for (PairList pairs : work.lists()) {
      law.add(x, types, pairs, f);
    }
    ghosts.fold(f);
  }

  /** Energy and virial at the present positions; folds the ghosts' share of energies. */
  PairEnergies energies() {
    PairEnergies sums = new PairEnergies(interactions, total);
    for (PairList pairs : work.lists()) {
      sums.add(x, types, pairs);
    }
    ghosts.fold(sums.fourfold());
    return sums;
  }

  /** Half the sum of m v^2, in slot order. */
  double kineticEnergy() {
    return perMass == null ? unitKineticEnergy() : weightedKineticEnergy();
  }

  private double weightedKineticEnergy() {
    double sum = 0;
    for (int i = 0, k = 0; i < count; i++, k += STRIDE) {
      double square = v[k] * v[k] + v[k + 1] * v[k + 1] + v[k + 2] * v[k + 2];
      sum += square / perMass[types[i]];
    }
    return 0.5 * sum;
  }

  private double unitKineticEnergy() {
    double sx = 0;
    double sy = 0;
    double sz = 0;
    for (int k = 0; k < STRIDE * count; k += STRIDE) {
      sx += v[k] * v[k];
      sy += v[k + 1] * v[k + 1];
      sz += v[k + 2] * v[k + 2];
    }
    return 0.5 * (sx + sy + sz);
  }

  /** Copies a stride-4 array in slot order to a [3N] one in index order. */
  double[] byIndex(double[] slots) {
    double[] out = new double[3 * count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(slots, STRIDE * slotOf[i], out, 3 * i, 3);
    }
    return out;
  }

  /** Image counts [3N] in index order. */
  int[] imagesByIndex() {
    int[] out = new int[3 * count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(images, 3 * slotOf[i], out, 3 * i, 3);
    }
    return out;
  }

  /** The slot a particle of the given index is in. */
  int slotOf(int index) {
    return slotOf[index];
  }
}
