package io.tollwatch.reconcile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;

/// The register's doubts by their exchanges and by what later calls may name them by. Confined to
/// the register's lock.
final class Index {

  private final Map<String, Case> byExchange = new LinkedHashMap<>();
  private final Map<String, SequencedSet<Case>> byName = new HashMap<>();

  boolean add(Case doubt) {
    if (byExchange.putIfAbsent(doubt.exchange(), doubt) != null) {
      return false;
    }
    names(doubt)
        .forEach(name -> byName.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(doubt));
    return true;
  }

  Optional<Case> remove(String exchange) {
    Case doubt = byExchange.remove(exchange);
    if (doubt == null) {
      return Optional.empty();
    }
    names(doubt)
        .forEach(name ->
            byName.computeIfPresent(
                name,
                (_, all) -> {
                  all.remove(doubt);
                  return all.isEmpty() ? null : all;
                }));
    return Optional.of(doubt);
  }

  Optional<Case> find(String exchange) {
    return Optional.ofNullable(byExchange.get(exchange));
  }

  /// Those of a provider that have that fact: `key` is the fingerprint of the idempotency key.
  List<Case> named(String provider, String fact, String value) {
    SequencedSet<Case> found = byName.get(name(provider, fact, value));
    return found == null ? List.of() : new ArrayList<>(found);
  }

  int size() {
    return byExchange.size();
  }

  List<Case> all() {
    return new ArrayList<>(byExchange.values());
  }

  /// What later calls may name it by.
  static Stream<String> names(Case doubt) {
    return Stream.of(
            doubt.key().map(key -> name(doubt.provider(), Facts.KEY, key)),
            doubt
                .fact(Facts.REFERENCE)
                .map(value -> name(doubt.provider(), Facts.REFERENCE, value)),
            doubt.fact(Facts.PAYMENT).map(value -> name(doubt.provider(), Facts.PAYMENT, value)))
        .flatMap(Optional::stream);
  }

  static String name(String provider, String fact, String value) {
    return provider + '\0' + fact + '\0' + value;
  }
}
