package io.tollwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Progress;
import io.tollwatch.fixtures.echo.EchoGateway;
import io.tollwatch.fixtures.fault.Mishap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Attempts that we end ourselves.
class BreakingOffTest {

  private final EchoGateway gateway = EchoGateway.start();
  private final Rig rig = Rig.Plan.to(gateway.url()).pool(3).start();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    rig.close();
    gateway.close();
    threads.close();
  }

  @Test
  void aShutdownEndsAllThatRuns() throws Exception {
    gateway.faults().always(Mishap.parse("stall@answered"));
    List<Future<Attempt>> attempts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      attempts.add(threads.submit(() -> rig.send(Rig.post("/echo", "x"))));
    }
    assertThat(gateway.faults().awaitHeld(3, Rig.LONG)).isTrue();
    assertThat(rig.watchdog().running()).isEqualTo(3);

    rig.watchdog().breakAll();
    for (Future<Attempt> attempt : attempts) {
      Rig.isBrokenUnderWay(attempt.get(), Breakage.SHUTDOWN);
    }
    assertThat(rig.watchdog().running()).isZero();
    assertThat(gateway.book().requests()).hasSize(3);
  }

  @Test
  void aShutdownWhileBlockedSendsNothing() throws Exception {
    gateway.faults().times(3, Mishap.parse("stall@answered"));
    for (int i = 0; i < 3; i++) {
      var _ = threads.submit(() -> rig.send(Rig.post("/echo", "x")));
    }
    assertThat(gateway.faults().awaitHeld(3, Rig.LONG)).isTrue();
    Future<Attempt> blocked = threads.submit(() -> rig.send(Rig.post("/echo", "blocked")));
    while (rig.watchdog().running() < 4) {
      Thread.onSpinWait();
    }
    rig.watchdog().breakAll();
    Attempt.Broken broken = Rig.broken(blocked.get());
    assertThat(broken.breakage()).isEqualTo(Breakage.SHUTDOWN);
    assertThat(broken.progress()).isEqualTo(Progress.UNSENT);
    assertThat(gateway.book().requests()).hasSize(3);
  }

  @Test
  void aCallerThatGoesAwayEndsItsAttempt() throws Exception {
    gateway.faults().next(Mishap.parse("stall@answered"));
    CallerWatch caller = new CallerWatch();
    Future<Attempt> attempt =
        threads.submit(() -> rig.send(Rig.post("/echo", "x"), Rig.HOLDING, caller));
    assertThat(gateway.faults().awaitHeld(1, Rig.LONG)).isTrue();
    caller.gone();
    Rig.isBrokenUnderWay(attempt.get(), Breakage.CLIENT_ABORT);
  }

  @Test
  void aCallerThatWasGoneBeforeSendsNothing() {
    CallerWatch caller = new CallerWatch();
    caller.gone();
    Attempt.Broken broken = Rig.broken(rig.send(Rig.post("/echo", "x"), Rig.HOLDING, caller));
    assertThat(broken.breakage()).isEqualTo(Breakage.CLIENT_ABORT);
    assertThat(broken.progress()).isEqualTo(Progress.UNSENT);
    assertThat(gateway.book().requests()).isEmpty();
  }

  /// A caller that leaves after its answer must not take the next one's connection with it.
  @Test
  void aCallerThatGoesAwayAfterItsAnswerHarmsNobody() throws Exception {
    CallerWatch first = new CallerWatch();
    Rig.answered(rig.send(Rig.post("/echo", "1"), Rig.HOLDING, first));
    gateway.faults().next(Mishap.parse("stall@answered"));
    Future<Attempt> second = threads.submit(() -> rig.send(Rig.post("/echo", "2")));
    assertThat(gateway.faults().awaitHeld(1, Rig.LONG)).isTrue();

    first.gone();
    gateway.faults().release();
    Attempt.Answered answered = Rig.answered(second.get());
    assertThat(answered.connection().reused()).isTrue();
    assertThat(Rig.text(answered)).endsWith("2");
  }
}
