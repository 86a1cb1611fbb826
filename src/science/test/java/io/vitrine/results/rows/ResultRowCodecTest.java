package io.vitrine.results.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.results.bins.CounterBin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ResultRowCodecTest {
  @Test
  void decode_encodedRowOfEveryKind_equals() throws IOException {
    Set<RowKind> seen = EnumSet.noneOf(RowKind.class);
    for (ResultRow row : Rows.oneOfEach()) {
      assertThat(decode(encode(row))).isEqualTo(row);
      seen.add(row.kind());
    }
    assertThat(seen).containsExactlyInAnyOrder(RowKind.values());
  }

  @Test
  void encode_extremeNumbers_survive() throws IOException {
    ResultRow row =
        new FrameRow("s", "x", Long.MIN_VALUE, Long.MAX_VALUE, -0.0, 1e308, Double.MIN_VALUE, 0);

    assertThat(decode(encode(row))).isEqualTo(row);
  }

  @Test
  void encode_windowRow_isCompact() throws IOException {
    assertThat(encode(Rows.window("cold", "fluidity", 5, 12))).hasSizeLessThan(256);
  }

  @Test
  void decode_otherVersion_isRefused() throws IOException {
    byte[] bytes = encode(Rows.frame("cold", 1));
    bytes[0] = 9;

    assertThatThrownBy(() -> decode(bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("result row: version must be 1, but was 9");
  }

  @Test
  void windowRow_moreHopsThanParticles_isRefused() {
    assertThatThrownBy(() -> Rows.window("cold", "", 5, 801))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hops must lie in [0, n = 800], but was 801");
  }

  @Test
  void counterTotal_binsOutOfOrder_isRefused() {
    List<CounterBin> bins = List.of(new CounterBin(2, 1, 0), new CounterBin(2, 1, 0));

    assertThatThrownBy(() -> new CounterTotal("s", "x", "m", "", 0.5, 1, bins))
        .hasMessage("bins must ascend, but was 2, 2");
  }

  private static byte[] encode(ResultRow row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ResultRowCodec.encode(row, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static ResultRow decode(byte[] bytes) throws IOException {
    return ResultRowCodec.decode(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
