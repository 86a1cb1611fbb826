package io.vitrine.streaming.coders;

import io.vitrine.results.ResultRow;
import io.vitrine.results.ResultRowCodec;
import java.io.IOException;

/** The byte form of a row of results. */
public final class ResultRowCoder extends RecordCoder<ResultRow> {
  private static final long serialVersionUID = 1L;

  @Override
  protected byte[] toBytes(ResultRow value) {
    return ResultRowCodec.encode(value);
  }

  @Override
  protected ResultRow fromBytes(byte[] bytes) throws IOException {
    return ResultRowCodec.decode(bytes);
  }
}
