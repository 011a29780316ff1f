package io.tollwatch.report.har;

import io.tollwatch.report.write.Millis;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseTimings;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;

/// Phases as HAR divides them. Immutable. HAR counts TLS as a part of connecting: files that put
/// the two side by side are refused by viewers, or show more time than there was.
record HarTimings(HarEntry.Timings parts, BigDecimal time) {

  private static final BigDecimal ABSENT = BigDecimal.ONE.negate();

  static HarTimings of(PhaseTimings timings) {
    BigDecimal blocked = part(timings, Phase.BLOCKED);
    BigDecimal dns = part(timings, Phase.DNS);
    BigDecimal tls = part(timings, Phase.TLS);
    BigDecimal connect = both(part(timings, Phase.CONNECT), tls);
    BigDecimal send = part(timings, Phase.SEND);
    BigDecimal wait = part(timings, Phase.WAIT);
    BigDecimal receive = part(timings, Phase.RECEIVE);
    BigDecimal time =
        Stream.of(blocked, dns, connect, send, wait, receive)
            .filter(each -> each.signum() >= 0)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new HarTimings(
        new HarEntry.Timings(blocked, dns, connect, tls, send, wait, receive), time);
  }

  private static BigDecimal part(PhaseTimings timings, Phase phase) {
    return timings.of(phase).map(span -> Millis.of(span.nanos())).orElse(ABSENT);
  }

  private static BigDecimal both(BigDecimal connect, BigDecimal tls) {
    if (tls.signum() < 0) {
      return connect;
    }
    return Optional.of(connect).filter(it -> it.signum() >= 0).map(tls::add).orElse(tls);
  }
}
