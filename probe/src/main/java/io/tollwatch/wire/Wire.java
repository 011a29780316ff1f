package io.tollwatch.wire;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.GatewayRequest;
import io.tollwatch.timing.Phase;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/// Makes attempts at one provider, with its pool of connections. Thread-safe; each attempt runs on
/// its caller's thread, which should be a virtual one.
///
/// Each call of [#send] puts the request on the wire at most once.
public final class Wire implements Line {

  private final WireSettings settings;
  private final Connections connections;
  private final Watchdog watchdog;
  private final LongSupplier nanos;
  private final int captureLimit;

  /// A wire to one provider. Connects to nothing yet.
  ///
  /// @param captureLimit how many bytes of an answer's body are captured at most
  public Wire(WireSettings settings, Watchdog watchdog, LongSupplier nanos, int captureLimit) {
    this.settings = settings;
    this.connections = new Connections(settings);
    this.watchdog = watchdog;
    this.nanos = nanos;
    this.captureLimit = captureLimit;
  }

  /// Makes one attempt. Whatever goes wrong on the way is in its result.
  public Attempt send(GatewayRequest request, AnswerReceiver receiver) {
    return send(request, receiver, new CallerWatch());
  }

  @Override
  public Attempt send(GatewayRequest request, AnswerReceiver receiver, CallerWatch caller) {
    Trip trip = new Trip(settings.limits(), nanos);
    watchdog.watch(trip);
    caller.watch(trip);
    try {
      return new Course(trip, receiver).run(request);
    } finally {
      watchdog.release(trip);
    }
  }

  @Override
  public void retire() {
    connections.retire();
  }

  @Override
  public void close() {
    connections.close();
  }

  /// The course of one attempt: what is known so far, so that a break can tell it.
  private final class Course {
    private final Trip trip;
    private final AnswerReceiver receiver;
    private @Nullable ConnectionEndpoint endpoint;
    private @Nullable AnswerBody body;
    private Optional<AnswerHead> head = Optional.empty();

    Course(Trip trip, AnswerReceiver receiver) {
      this.trip = trip;
      this.receiver = receiver;
    }

    Attempt run(GatewayRequest request) {
      try {
        ConnectionEndpoint leased = connections.lease(trip);
        endpoint = leased;
        boolean reused = connections.open(leased, trip);
        return exchange(connections.connection(leased), reused, request);
      } catch (IOException | HttpException | RuntimeException e) {
        return broken(e);
      }
    }

    private Attempt exchange(TracedConnection connection, boolean reused, GatewayRequest request)
        throws IOException, HttpException {
      ConnectionFacts facts = connection.facts(reused);
      trip.facts(facts);
      Exchanger exchanger = new Exchanger(trip, connection, request);
      AnswerHead answer = exchanger.callForHead();
      head = Optional.of(answer);
      AnswerBody into = new AnswerBody(answer, receiver, captureLimit);
      body = into;
      exchanger.receiveBody(into);
      trip.timer().leave();
      Attempt answered = new Attempt.Answered(answer, into.captured(), trip.timer().stop(), facts);
      letGo(exchanger, connection);
      return answered;
    }

    /// The answer is whole: whatever happens to its connection now changes nothing about it.
    private void letGo(Exchanger exchanger, TracedConnection connection) {
      try {
        boolean reusable = exchanger.reusable();
        connection.letGo();
        giveBack(reusable);
      } catch (RuntimeException e) {
        connection.abort();
      }
    }

    private Attempt broken(Exception trouble) {
      Phase phase = trip.timer().phase().orElse(Phase.SEND);
      Breakage breakage =
          trip.endedBy().orElseGet(() -> Diagnosis.of(phase, trouble, trip.facts().reused()));
      var timings = trip.timer().stop();
      giveBack(false);
      if (isOfReuse(breakage)) {
        connections.distrustIdle();
      }
      return new Attempt.Broken(
          breakage,
          phase,
          trip.progressOfBreak(),
          // a connection that was closed on purpose only says that it is closed
          trip.endedBy().isPresent()
              ? "ended by Tollwatch after %d ms".formatted(timings.total().toMillis())
              : trouble.getClass().getSimpleName() + ": " + trouble.getMessage(),
          head,
          body == null ? CapturedBody.empty() : body.captured(),
          timings,
          trip.facts());
    }

    private boolean isOfReuse(Breakage breakage) {
      return breakage == Breakage.IDLE_CLOSE_RACE
          || (breakage == Breakage.WRITE_RESET && trip.facts().reused());
    }

    private void giveBack(boolean reusable) {
      ConnectionEndpoint leased = endpoint;
      if (leased != null) {
        // the pool takes 0 for no limit
        boolean kept = reusable && settings.keepAlive().isPositive();
        connections.giveBack(
            leased, kept ? TimeValue.ofNanoseconds(settings.keepAlive().toNanos()) : null);
      }
    }
  }
}
