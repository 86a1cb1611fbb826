package io.vitrine.format.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Test
  void read_everyKindWritten_isTheSame() throws IOException {
    double[] long1 = new double[1000];
    Arrays.setAll(long1, i -> 1.0 / i);
    byte[] bytes =
        new Columns.Writer(0)
            .put((byte) -7)
            .put(-70_000)
            .put(Long.MIN_VALUE)
            .put(Double.MIN_VALUE)
            .put("ε²")
            .put((String) null)
            .put(new byte[] {1, -1})
            .put(new int[] {3, -3})
            .put(new float[] {0.1f, Float.NaN})
            .put(long1)
            .put((double[]) null)
            .put(new int[0])
            .toBytes();
    Columns.Reader in = new Columns.Reader(bytes, "test");
    assertThat(in.getByte()).isEqualTo((byte) -7);
    assertThat(in.getInt()).isEqualTo(-70_000);
    assertThat(in.getLong()).isEqualTo(Long.MIN_VALUE);
    assertThat(in.getDouble()).isEqualTo(Double.MIN_VALUE);
    assertThat(in.getString()).isEqualTo("ε²");
    assertThat(in.getString()).isNull();
    assertThat(in.getBytes()).containsExactly(1, -1);
    assertThat(in.getInts()).containsExactly(3, -3);
    assertThat(in.getFloats()).containsExactly(0.1f, Float.NaN);
    assertThat(in.getDoubles()).containsExactly(long1);
    assertThat(in.getDoubles()).isNull();
    assertThat(in.getInts()).isEmpty();
    in.end();
  }

  @Test
  void toBytes_numbers_areLittleEndianBehindTheirCount() {
    assertThat(new Columns.Writer(0).put(new int[] {1, 256}).toBytes())
        .containsExactly(2, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0);
  }

  @Test
  void getDoubles_countBeyondWhatIsLeft_isRefusedBeforeAnythingIsAllocated() {
    byte[] bytes = new Columns.Writer(0).put(Integer.MAX_VALUE).put(1.0).toBytes();
    assertThatThrownBy(() -> new Columns.Reader(bytes, "run.shard").getDoubles())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("run.shard")
        .hasMessageContaining("column of 2147483647")
        .hasMessageContaining("at most 1");
  }

  @Test
  void getInts_negativeCount_isRefused() {
    byte[] bytes = new Columns.Writer(0).put(-2).toBytes();
    assertThatThrownBy(() -> new Columns.Reader(bytes, "x").getInts())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("-2");
  }

  @Test
  void getLong_nothingLeft_isRefused() {
    assertThatThrownBy(() -> new Columns.Reader(new byte[7], "x").getLong())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ends at byte 0");
  }

  @Test
  void end_bytesLeftOver_isRefused() {
    assertThatThrownBy(() -> new Columns.Reader(new byte[3], "x").end())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("3 bytes left over");
  }
}
