package io.tollwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.GatewayRequest;
import io.tollwatch.attempt.Progress;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseSpan;
import io.tollwatch.timing.PhaseTimings;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/// A wire with short limits, whose every attempt is checked for what all attempts have in common.
/// Thread-safe.
final class Rig implements AutoCloseable {

  static final Duration SHORT = Duration.ofMillis(400);
  static final Duration LONG = Duration.ofSeconds(20);
  static final int CAPTURE_LIMIT = 64 * 1024;

  /// Holds every answer back; has room for what outgrows the limit.
  static final AnswerReceiver HOLDING = new Taking(true, OutputStream.nullOutputStream(), true);

  private final AtomicLong later = new AtomicLong();
  private final Watchdog watchdog = new Watchdog(System::nanoTime, Duration.ofMillis(5));
  private final Wire wire;

  /// How a rig is set up.
  record Plan(WireSettings settings) {

    static Plan to(String url) {
      return new Plan(
          new WireSettings(
              endpoint(url),
              Optional.empty(),
              TlsContexts.of(List.of(), Optional.empty()),
              new WireSettings.Limits(LONG, LONG, LONG, LONG, LONG),
              4,
              LONG));
    }

    Plan tls(SSLContext context) {
      return new Plan(
          new WireSettings(
              settings.endpoint(),
              settings.upstreamProxy(),
              context,
              settings.limits(),
              settings.poolSize(),
              settings.keepAlive()));
    }

    Plan keepAlive(Duration keepAlive) {
      return new Plan(
          new WireSettings(
              settings.endpoint(),
              settings.upstreamProxy(),
              settings.tls(),
              settings.limits(),
              settings.poolSize(),
              keepAlive));
    }

    Plan through(String proxyUrl) {
      return new Plan(
          new WireSettings(
              settings.endpoint(),
              Optional.of(endpoint(proxyUrl)),
              settings.tls(),
              settings.limits(),
              settings.poolSize(),
              settings.keepAlive()));
    }

    Plan pool(int size) {
      return new Plan(
          new WireSettings(
              settings.endpoint(),
              settings.upstreamProxy(),
              settings.tls(),
              settings.limits(),
              size,
              settings.keepAlive()));
    }

    Plan limits(UnaryOperator<WireSettings.Limits> change) {
      return new Plan(
          new WireSettings(
              settings.endpoint(),
              settings.upstreamProxy(),
              settings.tls(),
              change.apply(settings.limits()),
              settings.poolSize(),
              settings.keepAlive()));
    }

    /// The longest silence of the provider.
    Plan patience(Duration response) {
      return limits(
          l -> new WireSettings.Limits(l.pool(), l.connect(), l.tls(), response, l.total()));
    }

    Rig start() {
      return new Rig(this);
    }

    private static Endpoint endpoint(String url) {
      URI uri = URI.create(url);
      return new Endpoint(uri.getHost(), uri.getPort(), uri.getScheme().equals("https"));
    }
  }

  /// A receiver that always does the same.
  record Taking(boolean hold, OutputStream out, boolean finishWithoutCaller)
      implements AnswerReceiver {

    static Taking streamed(OutputStream out) {
      return new Taking(false, out, true);
    }

    @Override
    public boolean hold(AnswerHead head) {
      return hold;
    }

    @Override
    public OutputStream stream(AnswerHead head) {
      return out;
    }
  }

  private Rig(Plan plan) {
    this.wire =
        new Wire(plan.settings(), watchdog, () -> System.nanoTime() + later.get(), CAPTURE_LIMIT);
  }

  /// Lets that much time go by for the wire, between two calls.
  void pass(Duration time) {
    var _ = later.addAndGet(time.toNanos());
  }

  static Rig to(String url) {
    return Plan.to(url).start();
  }

  Wire wire() {
    return wire;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  Attempt send(GatewayRequest request) {
    return send(request, HOLDING, new CallerWatch());
  }

  Attempt send(GatewayRequest request, AnswerReceiver receiver, CallerWatch caller) {
    Attempt attempt = wire.send(request, receiver, caller);
    check(attempt);
    return attempt;
  }

  Attempt.Answered answered(GatewayRequest request) {
    return answered(send(request));
  }

  static Attempt.Answered answered(Attempt attempt) {
    assertThat(attempt).isInstanceOf(Attempt.Answered.class);
    return (Attempt.Answered) attempt;
  }

  Attempt.Broken broken(GatewayRequest request) {
    return broken(send(request));
  }

  static Attempt.Broken broken(Attempt attempt) {
    assertThat(attempt).isInstanceOf(Attempt.Broken.class);
    return (Attempt.Broken) attempt;
  }

  static void isBroken(Attempt attempt, Breakage breakage, Phase phase, Progress progress) {
    Attempt.Broken broken = broken(attempt);
    assertThat(List.of(broken.breakage(), broken.phase(), broken.progress()))
        .as(broken.detail())
        .isEqualTo(List.of(breakage, phase, progress));
  }

  /// Broken while the gateway had the request: whether the call's own thread was still sending then
  /// is chance.
  static void isBrokenUnderWay(Attempt attempt, Breakage breakage) {
    Attempt.Broken broken = broken(attempt);
    assertThat(broken.breakage()).as(broken.detail()).isEqualTo(breakage);
    assertThat(broken.phase()).isIn(Phase.SEND, Phase.WAIT);
    assertThat(broken.progress()).isEqualTo(Progress.MAYBE_SENT);
  }

  static GatewayRequest get(String target) {
    return new GatewayRequest("GET", target, host(), new RequestBody.None(false));
  }

  static GatewayRequest post(String target, String body) {
    return post(target, new RequestBody.Whole(body.getBytes(StandardCharsets.UTF_8), false));
  }

  static GatewayRequest post(String target, RequestBody body) {
    return new GatewayRequest("POST", target, host(), body);
  }

  static Fields host() {
    return Fields.of("Host", "gateway.test");
  }

  static String text(Attempt attempt) {
    return new String(attempt.body().bytes(), StandardCharsets.ISO_8859_1);
  }

  /// What holds for every attempt, however it ended.
  private static void check(Attempt attempt) {
    PhaseTimings timings = attempt.timings();
    long spent = timings.spans().stream().mapToLong(PhaseSpan::nanos).sum();
    assertThat(spent + timings.ownNanos()).isEqualTo(timings.totalNanos());
    assertThat(timings.ownNanos()).isNotNegative();
    assertThat(timings.spans())
        .isSortedAccordingTo(Comparator.comparingLong(PhaseSpan::startNanos))
        .allSatisfy(span -> assertThat(span.endNanos()).isLessThanOrEqualTo(timings.totalNanos()));
    if (attempt.connection().reused()) {
      assertThat(timings.spans())
          .extracting(PhaseSpan::phase)
          .doesNotContain(Phase.DNS, Phase.CONNECT, Phase.TLS);
    }
    switch (attempt) {
      case Attempt.Answered ignored ->
          assertThat(timings.spans()).extracting(PhaseSpan::phase).contains(Phase.RECEIVE);
      case Attempt.Broken broken -> {
        assertThat(timings.of(broken.phase())).isPresent();
        if (broken.progress() == Progress.UNSENT) {
          assertThat(timings.of(Phase.WAIT)).isEmpty();
          assertThat(timings.of(Phase.RECEIVE)).isEmpty();
        }
      }
    }
  }

  @Override
  public void close() {
    wire.close();
    watchdog.close();
  }
}
