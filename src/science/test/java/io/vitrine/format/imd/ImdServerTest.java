package io.vitrine.format.imd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitrine.Patience;
import io.vitrine.engine.Integration;
import io.vitrine.engine.MixtureSpec;
import io.vitrine.engine.Simulation;
import io.vitrine.model.Frame;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class ImdServerTest {
  private static final int N = 50;

  @Test
  void write_ourClient_readsEveryFrame() throws Exception {
    List<Frame> frames = run(5);
    List<ImdFrame> got = new ArrayList<>();
    try (ImdServer server = ImdServer.listen("127.0.0.1", 0, 0.005, () -> true)) {
      CompletableFuture<Void> serving = serve(server, frames);
      try (ImdClient client = ImdClient.connect("127.0.0.1", server.port(), N)) {
        assertThat(client.session().version()).isEqualTo(3);
        assertThat(client.session().wrapped()).isFalse();
        for (ImdFrame f = client.next(); f != null; f = client.next()) {
          got.add(f);
        }
      }
      serving.get(Patience.STILL.toSeconds(), TimeUnit.SECONDS);
    }

    assertThat(got).hasSameSizeAs(frames);
    for (int k = 0; k < got.size(); k++) {
      Frame frame = frames.get(k);
      assertThat(got.get(k).step()).isEqualTo(frame.step());
      assertThat(got.get(k).time()).isEqualTo(frame.time());
      assertThat(got.get(k).edges()[8]).isEqualTo((float) frame.box().lz());
      for (int n = 0; n < 3 * N; n++) {
        double edge = frame.box().lx();
        float expected = (float) (frame.positions()[n] + frame.images()[n] * edge);
        assertThat(got.get(k).positions()[n]).isEqualTo(expected);
        assertThat(got.get(k).velocities()[n]).isEqualTo((float) frame.velocities()[n]);
      }
    }
  }

  @Test
  void write_clientLeaves_nextOneGetsTheRest() throws Exception {
    List<Frame> frames = run(4);
    List<Long> steps = new ArrayList<>();
    try (ImdServer server = ImdServer.listen("127.0.0.1", 0, 0.005, () -> true)) {
      CompletableFuture<ImdClient> first =
          CompletableFuture.supplyAsync(() -> connect(server.port()));
      server.write(frames.get(0));
      server.write(frames.get(1));
      try (ImdClient client = first.get(Patience.STILL.toSeconds(), TimeUnit.SECONDS)) {
        steps.add(client.next().step());
        steps.add(client.next().step());
      }
      CompletableFuture<Void> serving = serve(server, frames.subList(2, 4));
      try (ImdClient client = ImdClient.connect("127.0.0.1", server.port(), N)) {
        for (ImdFrame f = client.next(); f != null; f = client.next()) {
          steps.add(f.step());
        }
      }
      serving.get(Patience.STILL.toSeconds(), TimeUnit.SECONDS);
    }

    assertThat(steps).containsExactly(frames.stream().map(Frame::step).toArray(Long[]::new));
  }

  @Test
  void write_killAndForces_endAConnectionNotTheRun() throws Exception {
    List<Frame> frames = run(2);
    try (ImdServer server = ImdServer.listen("127.0.0.1", 0, 0.005, () -> true)) {
      CompletableFuture<Void> serving = serve(server, frames);
      try (Socket rough = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        DataOutputStream out = new DataOutputStream(rough.getOutputStream());
        out.write(ImdMessage.INDEXED_FORCES.header(1));
        out.write(new byte[16]);
        out.write(ImdMessage.KILL.header(0));
        out.flush();
        assertThat(rough.getInputStream().readAllBytes()).hasSize(23);
      }
      try (ImdClient client = ImdClient.connect("127.0.0.1", server.port(), N)) {
        assertThat(client.next().step()).isEqualTo(frames.get(0).step());
        assertThat(client.next().step()).isEqualTo(frames.get(1).step());
      }
      serving.get(Patience.STILL.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @Test
  void write_nobodyComes_endsWhenAsked() throws Exception {
    AtomicBoolean goOn = new AtomicBoolean(true);
    List<Frame> frames = run(1);
    try (ImdServer server = ImdServer.listen("127.0.0.1", 0, 0.005, goOn::get)) {
      CompletableFuture<Void> serving = serve(server, frames);
      assertThat(serving).isNotDone();
      goOn.set(false);
      serving.get(Patience.STILL.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @Test
  void listen_portInUse_saysWhich() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> ImdServer.listen("127.0.0.1", port, 0.005, () -> true))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("imd://127.0.0.1:" + port);
    }
  }

  private static CompletableFuture<Void> serve(ImdServer server, List<Frame> frames) {
    return CompletableFuture.runAsync(
        () -> {
          try (server) {
            for (Frame frame : frames) {
              server.write(frame);
            }
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private static ImdClient connect(int port) {
    try {
      return ImdClient.connect("127.0.0.1", port, N);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Frame> run(int count) {
    Simulation simulation =
        Simulation.create(MixtureSpec.kobAndersen(N), Integration.nvt(), 1.0, 1);
    List<Frame> frames = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      simulation.advance(200);
      frames.add(simulation.frame("run"));
    }
    return frames;
  }
}
