package io.vitrine.format.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardExportTest {
  private static final long ROOMY = 1L << 30;

  @TempDir Path folder;

  @Test
  void hops_oneSimulation_standAtTheRootByTime() throws IOException {
    List<Path> files = export(ROOMY, "a").hops(folder.resolve("out/hops.h5"));
    assertThat(files).containsExactly(folder.resolve("out/hops.h5"));
    try (HdfFile file = new HdfFile(files.get(0))) {
      assertThat(data(file, "time")).isEqualTo(new double[] {3, 4, 5, 6});
      assertThat(data(file, "particle")).isEqualTo(new int[] {4, 9});
      assertThat(data(file, "type")).isEqualTo(new byte[] {0, 1});
      assertThat((double[][]) data(file, "p_hop"))
          .isDeepEqualTo(new double[][] {{3.25, 0.5}, {4.25, 0.5}, {5.25, 0.5}, {6.25, 0.5}});
      assertThat((double[][]) data(file, "score/fluidity"))
          .isDeepEqualTo(new double[][] {{-1.5, 3}, {-1.5, 4}, {-1.5, 5}, {-1.5, 6}});
      assertThat(file.getAttribute("delta").getData()).isEqualTo(0.2);
    }
    assertThat(folder.resolve("out")).isDirectoryNotContaining("glob:**/.part-*");
  }

  @Test
  void features_framesAskedFor_standAtTheTimeOfTheirStructure() throws IOException {
    List<Path> files = export(ROOMY, "a").features(folder.resolve("features.h5"));
    try (HdfFile file = new HdfFile(files.get(0))) {
      assertThat(data(file, "time")).isEqualTo(new double[] {2, 4});
      assertThat((double[][][]) data(file, "features"))
          .isDeepEqualTo(new double[][][] {{{1, 2}, {3, 4}}, {{1, 2}, {3, 6}}});
    }
  }

  @Test
  void hops_twoSimulations_standInAGroupEach() throws IOException {
    List<Path> files = export(ROOMY, "a", "b").hops(folder.resolve("hops.h5"));
    try (HdfFile file = new HdfFile(files.get(0))) {
      assertThat(data(file, "a/time")).isEqualTo(new double[] {3, 4, 5, 6});
      assertThat(data(file, "b/time")).isEqualTo(new double[] {3, 4, 5, 6});
    }
  }

  @Test
  void hops_moreThanAPartHolds_goOnInNumberedParts() throws IOException {
    // A row holds p_hop and one score of two particles: 32 bytes.
    List<Path> files = export(64, "a").hops(folder.resolve("hops.h5"));
    assertThat(files).containsExactly(folder.resolve("hops-1.h5"), folder.resolve("hops-2.h5"));
    try (HdfFile first = new HdfFile(files.get(0));
        HdfFile second = new HdfFile(files.get(1))) {
      assertThat(data(first, "time")).isEqualTo(new double[] {3, 4});
      assertThat(data(second, "time")).isEqualTo(new double[] {5, 6});
    }
  }

  @Test
  void hops_noWindowAtAll_isAFileWithItsAttributes() throws IOException {
    List<Path> files =
        ShardExport.of(ShardFolder.at(folder), List.of("none"), ROOMY, Map.of("delta", 0.2))
            .hops(folder.resolve("hops.h5"));
    try (HdfFile file = new HdfFile(files.get(0))) {
      assertThat(file.getAttribute("delta").getData()).isEqualTo(0.2);
      assertThat(file.getChildren()).isEmpty();
    }
  }

  private ShardExport export(long partBytes, String... simulations) throws IOException {
    ShardFolder shards = ShardFolder.at(folder.resolve("shards"));
    for (String simulation : simulations) {
      for (long tau : new long[] {5, 3, 6, 4}) {
        shards.write(Shards.at(simulation, tau));
      }
    }
    return ShardExport.of(shards, List.of(simulations), partBytes, Map.of("delta", 0.2));
  }

  private static Object data(HdfFile file, String path) {
    return file.getDatasetByPath(path).getData();
  }
}
