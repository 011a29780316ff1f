package io.tollwatch.proxy.export;

import io.tollwatch.calendar.Crontab;
import io.tollwatch.proxy.config.ExportConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which exports are due. What was due while nobody asked is due once, for the last time that was
/// meant. What failed is due again after 1, 2, 4 and 8 minutes, unless its next time comes before.
/// Confined to one thread.
public final class DueExports {

  private static final int MOST_TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

  private final Map<ExportConfig, Instant> next = new HashMap<>();
  private final Map<ExportConfig, Retry> retries = new HashMap<>();

  /// An export at one of its times. Immutable.
  ///
  /// @param tries how often it was tried before
  public record Due(ExportConfig export, Instant at, int tries) {}

  private record Retry(Due due, Instant notBefore) {}

  /// Those that are due now. An export that was not there before is due from its next time on.
  public List<Due> due(List<ExportConfig> exports, Instant now) {
    next.keySet().retainAll(exports);
    retries.keySet().retainAll(exports);
    List<Due> due = new ArrayList<>();
    for (ExportConfig each : exports) {
      Crontab times = Crontab.of(each.cron(), each.zone());
      Instant at = next.get(each);
      if (at == null) {
        schedule(each, times, now);
      } else if (!at.isAfter(now)) {
        retries.remove(each);
        due.add(new Due(each, times.last(now).orElse(at), 0));
        schedule(each, times, now);
      } else {
        again(each, now).ifPresent(due::add);
      }
    }
    return due;
  }

  private void schedule(ExportConfig export, Crontab times, Instant now) {
    next.put(export, times.next(now).orElse(Instant.MAX));
  }

  private Optional<Due> again(ExportConfig export, Instant now) {
    Retry retry = retries.get(export);
    if (retry == null || retry.notBefore().isAfter(now)) {
      return Optional.empty();
    }
    retries.remove(export);
    return Optional.of(retry.due());
  }

  /// One failed.
  ///
  /// @return when it is tried again; empty if it was tried often enough
  public Optional<Duration> failed(Due due, Instant now) {
    int tries = due.tries() + 1;
    if (tries >= MOST_TRIES) {
      return Optional.empty();
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << due.tries());
    retries.put(due.export(), new Retry(new Due(due.export(), due.at(), tries), now.plus(pause)));
    return Optional.of(pause);
  }
}
