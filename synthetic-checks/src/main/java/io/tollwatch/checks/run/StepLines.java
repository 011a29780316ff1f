package io.tollwatch.checks.run;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.GatewayRequest;
import io.tollwatch.attempt.Progress;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.wire.AnswerReceiver;
import io.tollwatch.wire.CallerWatch;
import io.tollwatch.wire.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The ways of one step. An attempt opens one of its own when it is made, or takes the provider's
/// where the check wants pooled connections; it has the time that is left. Confined to the step.
final class StepLines implements AutoCloseable {

  private static final Duration LEAST = Duration.ofMillis(1);

  private final boolean own;
  private final Redactor redactor;
  private final Deadline deadline;
  private final Departure departure;
  private final List<Line> opened = new ArrayList<>();

  /// Hears of each attempt before anything is sent.
  @FunctionalInterface
  interface Departure {

    /// Nobody wants to hear.
    Departure UNHEARD = _ -> Optional.empty();

    /// An attempt is about to be made.
    ///
    /// @return why it must not be; empty if it may
    Optional<String> to(String provider);
  }

  /// @param own whether each attempt opens a connection
  /// @param redactor of all providers
  StepLines(boolean own, Redactor redactor, Deadline deadline, Departure departure) {
    this.own = own;
    this.redactor = redactor;
    this.deadline = deadline;
    this.departure = departure;
  }

  /// A provider by such a way.
  Provider to(Gateway gateway) {
    return gateway.provider().by(new Way(gateway), redactor);
  }

  @Override
  public void close() {
    opened.forEach(Line::close);
  }

  private final class Way implements Line {
    private final Gateway gateway;

    Way(Gateway gateway) {
      this.gateway = gateway;
    }

    @Override
    public Attempt send(GatewayRequest request, AnswerReceiver receiver, CallerWatch caller) {
      Optional<String> refused = departure.to(gateway.provider().name());
      if (refused.isPresent()) {
        return held(refused.get());
      }
      Duration time = deadline.left();
      Duration left = time.compareTo(LEAST) < 0 ? LEAST : time;
      if (!own) {
        return pooled(request, receiver, caller, left);
      }
      Line line = gateway.ownLine().apply(left);
      opened.add(line);
      return line.send(request, receiver, caller);
    }

    /// The provider's own way has the provider's own limits: the step's is kept from outside.
    private Attempt pooled(
        GatewayRequest request, AnswerReceiver receiver, CallerWatch caller, Duration left) {
      AtomicBoolean over = new AtomicBoolean();
      CountDownLatch done = new CountDownLatch(1);
      Thread.startVirtualThread(() -> {
        if (!endsWithin(done, left)) {
          over.set(true);
          caller.gone();
        }
      });
      try {
        Attempt attempt = gateway.provider().line().send(request, receiver, caller);
        return over.get() ? late(attempt) : attempt;
      } finally {
        done.countDown();
      }
    }

    private static boolean endsWithin(CountDownLatch done, Duration left) {
      try {
        return done.await(left.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    /// It was cut because its time was over, not because somebody went away.
    private static Attempt late(Attempt attempt) {
      return attempt instanceof Attempt.Broken cut && cut.breakage() == Breakage.CLIENT_ABORT
          ? new Attempt.Broken(
              Breakage.DEADLINE,
              cut.phase(),
              cut.progress(),
              "the step's time is over",
              cut.head(),
              cut.body(),
              cut.timings(),
              cut.connection())
          : attempt;
    }

    /// It is we who hold it back, which says nothing of the provider.
    private static Attempt held(String reason) {
      return new Attempt.Broken(
          Breakage.CLIENT_ABORT,
          Phase.CLIENT,
          Progress.UNSENT,
          reason,
          Optional.empty(),
          CapturedBody.empty(),
          new PhaseTimings(List.of(), 0),
          ConnectionFacts.none());
    }

    @Override
    public void retire() {
      // what was opened is closed with the step
    }

    @Override
    public void close() {
      // what was opened is closed with the step
    }
  }
}
