package io.tollwatch.report.figures;

import io.tollwatch.exchange.BreakerChange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A bad period of one provider: from when the first of its breakers opened until all were closed
/// again for good. Immutable.
///
/// @param ended empty while it lasts
/// @param changes of the provider's breakers in it, oldest first, at least one
public record Incident(String provider, Optional<Instant> ended, List<BreakerChange> changes) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  public Incident {
    changes = List.copyOf(changes);
  }

  /// Whose it is and since when, such as `stripe-20261122T143005Z`: the same in each report.
  public String id() {
    return provider + "-" + TIME.format(detected());
  }

  /// When the first breaker opened.
  public Instant detected() {
    return changes.getFirst().at();
  }

  /// The operations and rails whose breakers took part, as people read them.
  public SortedSet<String> breakers() {
    SortedSet<String> breakers = new TreeSet<>();
    changes.forEach(change ->
        breakers.add(
            change.breaker().operation().word()
                + change.breaker().rail().map(rail -> " " + rail).orElse("")));
    return breakers;
  }
}
