package io.vitrine.results.rows;

/**
 * One row of results: immutable, self-checking, with a deterministic key.
 *
 * <p>{@code ResultsStore.apply} writes rows, {@link ResultRowCodec} ships them.
 */
public sealed interface ResultRow
    permits SimulationRow,
        FrameRow,
        DeadLetterRow,
        WindowRow,
        IncompleteWindowRow,
        CounterTotal,
        CounterBlock,
        HistogramTotal,
        ConventionRow,
        ModelRow,
        TrainingCountRow,
        SnapshotRow,
        RelaxationRow,
        EquilibriumRow,
        StaticsRow,
        PairCorrelationRow,
        HopEventRow,
        PredictionRow,
        NoticeRow {
  /** Which table the row belongs to. */
  RowKind kind();

  /** Name of the study. */
  String study();

  /**
   * Everything the row holds, in the order of {@link RowKind#columns}: String, Long, Double
   * (unknown is NaN), null or long[] (bins, flattened).
   */
  Object[] cells();
}
