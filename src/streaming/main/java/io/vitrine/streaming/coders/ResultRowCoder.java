package io.vitrine.streaming.coders;

import io.vitrine.results.ResultRow;
import io.vitrine.results.ResultRowCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The byte form of a row of results. */
public final class ResultRowCoder extends RecordCoder<ResultRow> {
  private static final long serialVersionUID = 1L;

  @Override
  protected byte[] toBytes(ResultRow value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ResultRowCodec.encode(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Override
  protected ResultRow fromBytes(byte[] bytes) throws IOException {
    return ResultRowCodec.decode(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
