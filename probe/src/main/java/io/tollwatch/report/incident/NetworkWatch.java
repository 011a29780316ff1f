package io.tollwatch.report.incident;

import io.tollwatch.exchange.Incident.Kind;
import io.tollwatch.exchange.Incident.Sign;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Tells when it is our own network: in two minutes at least two providers were called twice or
/// more, and nobody could be reached. It is over with the first call that reaches one. Confined to
/// one search.
final class NetworkWatch {

  private static final int MIN_PROVIDERS = 2;
  private static final int MIN_CALLS = 2;
  private static final int LENGTH = 2;

  private final Seen seen = new Seen(Kind.NETWORK, Optional.empty(), Optional.empty());

  /// @param courses those of all operations, by provider
  void look(long minute, Iterable<? extends Map.Entry<String, Course>> courses) {
    SortedMap<String, Tally> tallies = new TreeMap<>();
    courses.forEach(each ->
        tallies
            .computeIfAbsent(each.getKey(), _ -> new Tally())
            .add(each.getValue().recent(minute, LENGTH)));
    boolean reached = tallies.values().stream().anyMatch(it -> it.ended() > it.unreached());
    List<String> cut =
        tallies.entrySet().stream()
            .filter(each -> each.getValue().unreached() >= MIN_CALLS)
            .map(Map.Entry::getKey)
            .toList();
    if (seen.isOpen() && reached) {
      seen.end(Course.start(minute));
    } else if (!seen.isOpen() && !reached && cut.size() >= MIN_PROVIDERS) {
      seen.begin(
          Course.start(minute + 1 - LENGTH),
          Course.start(minute + 1),
          "no call reached any of " + String.join(", ", cut));
    }
  }

  List<Sign> signs() {
    return seen.signs();
  }
}
