package io.vitrine.streaming.io.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitrine.engine.Integration;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.engine.Restart;
import io.vitrine.engine.Schedule;
import io.vitrine.engine.Simulation;
import io.vitrine.model.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginesTest {
  @TempDir Path folder;

  @Test
  void start_restartFile_isItsStateAtTimeZero() throws IOException {
    Simulation before = Simulation.create(MixtureSpec.kobAndersen(64), Integration.nvt(), 1.0, 3);
    before.advance(300);
    Path file = folder.resolve("before.restart");
    new Restart("", 0, true, List.of(), before.snapshot()).write(file);
    Engines.Start start =
        new Engines.Start(
            0.8,
            MixtureSpec.kobAndersen(4096),
            1,
            Optional.of(file),
            0,
            Schedule.standard(0.8, MixtureSpec.kobAndersen(4096)),
            Integration.nvt(),
            1);

    Simulation after = Engines.start(start, s -> {});

    Frame there = before.frame("start");
    Frame here = after.frame("start");
    assertThat(after.time()).isZero();
    assertThat(after.temperature()).isEqualTo(0.8);
    assertThat(here.positions()).isEqualTo(there.positions());
    assertThat(here.velocities()).isEqualTo(there.velocities());
  }
}
