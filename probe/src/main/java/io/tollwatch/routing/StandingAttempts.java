package io.tollwatch.routing;

import io.tollwatch.exchange.PaymentIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Attempts that stand, by exchange and by what their payments are known by. Confined to its
/// owner's lock.
final class StandingAttempts {

  private final Map<String, Standing> byExchange = new HashMap<>();
  private final Map<String, List<String>> byMark = new HashMap<>();

  /// What a payment is known by: keyed fingerprints that already differ by channel and operation.
  static Stream<String> marks(PaymentIdentity identity) {
    return Stream.concat(
        identity.key().stream().map(key -> "k" + key),
        identity.reference().stream().map(reference -> "r" + reference));
  }

  Optional<Standing> get(String exchange) {
    return Optional.ofNullable(byExchange.get(exchange));
  }

  /// Those of a payment, by any of its marks.
  List<Standing> of(PaymentIdentity identity) {
    Set<String> exchanges = new LinkedHashSet<>();
    marks(identity).forEach(mark -> exchanges.addAll(byMark.getOrDefault(mark, List.of())));
    List<Standing> found = new ArrayList<>(exchanges.size());
    exchanges.forEach(exchange -> get(exchange).ifPresent(found::add));
    return found;
  }

  void put(Standing attempt) {
    if (byExchange.put(attempt.exchange(), attempt) == null) {
      marks(attempt.identity())
          .forEach(mark ->
              byMark.computeIfAbsent(mark, _ -> new ArrayList<>(1)).add(attempt.exchange()));
    }
  }

  void remove(String exchange) {
    Standing gone = byExchange.remove(exchange);
    if (gone != null) {
      marks(gone.identity())
          .forEach(mark ->
              byMark.computeIfPresent(
                  mark,
                  (_, exchanges) -> {
                    exchanges.remove(exchange);
                    return exchanges.isEmpty() ? null : exchanges;
                  }));
    }
  }

  int size() {
    return byExchange.size();
  }
}
