package io.vitrine.streaming.coders;

import io.vitrine.analysis.CountTotals;
import java.io.IOException;

/** The byte form of running totals. */
public final class CountTotalsCoder extends RecordCoder<CountTotals> {
  private static final long serialVersionUID = 1L;

  @Override
  protected byte[] toBytes(CountTotals value) {
    return value.toBytes();
  }

  @Override
  protected CountTotals fromBytes(byte[] bytes) throws IOException {
    return CountTotals.fromBytes(bytes);
  }
}
