package io.vitrine.results;

/**
 * Means over all windows of a simulation, each window counted once whatever the number of models.
 *
 * @param windows how many
 * @param hopFraction fraction of the particles looked at that rearranges; NaN without a window
 * @param pHop mean p_hop, sigma^2; NaN without a window
 */
public record WindowMeans(long windows, double hopFraction, double pHop) {
  private static final String ROWS =
      "SELECT COUNT(*), SUM(hops), SUM(n), SUM(mean_p_hop) FROM window_totals"
          + " WHERE study = ? AND simulation = ?";
  private static final String THINNED =
      "SELECT SUM(windows), SUM(hops), SUM(n), SUM(mean_p_hop) FROM thinned_windows"
          + " WHERE study = ? AND simulation = ?";

  static WindowMeans read(ReadConnection store, String study, String simulation)
      throws StoreException {
    double[] sums = sums(store, ROWS, study, simulation);
    if (store.has(Thinned.WINDOWS.name())) {
      double[] more = sums(store, THINNED, study, simulation);
      more[3] = Thinned.real(more[3]);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += more[i];
      }
    }
    return new WindowMeans((long) sums[0], sums[1] / sums[2], sums[3] / sums[0]);
  }

  private static double[] sums(ReadConnection store, String sql, String... keys)
      throws StoreException {
    return store
        .each(
            sql,
            found ->
                new double[] {
                  found.getDouble(1), found.getDouble(2), found.getDouble(3), found.getDouble(4)
                },
            (Object[]) keys)
        .get(0);
  }
}
