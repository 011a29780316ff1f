package io.tollwatch.report;

import io.tollwatch.health.UsOrThem;
import io.tollwatch.health.UsOrThem.Side;
import io.tollwatch.ledger.store.Fact;
import io.tollwatch.taxonomy.Operation;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// Calls of the service and of checks side by side, to say whose trouble it was, as `status` says
/// it of the last minutes. Confined to one report.
final class BothSides {

  private final Map<Key, Side> calls = new TreeMap<>();
  private final Map<Key, Side> checks = new TreeMap<>();

  private record Key(String provider, Operation operation) implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::provider).thenComparing(Key::operation);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /// Takes a call of the service.
  void call(Fact fact) {
    count(calls, fact);
  }

  /// Takes a call of a check.
  void check(Fact fact) {
    count(checks, fact);
  }

  private static void count(Map<Key, Side> side, Fact fact) {
    fact.ended()
        .ifPresent(ended ->
            side.merge(
                new Key(fact.provider(), fact.operation()),
                new Side(1, isBad(ended) ? 1 : 0),
                Side::plus));
  }

  private static boolean isBad(Fact.Ended ended) {
    return UsOrThem.wentBadly(ended.fault(), ended.money(), !ended.category().endsWell());
  }

  /// What they say, a sentence each, ready to follow another; empty if there was no trouble, or
  /// nothing to compare.
  String sentences() {
    StringBuilder text = new StringBuilder();
    UsOrThem.of(
            checks.entrySet().stream()
                .map(each ->
                    new UsOrThem.Seen(
                        each.getKey().provider(),
                        each.getKey().operation(),
                        calls.getOrDefault(each.getKey(), Side.none()),
                        each.getValue()))
                .toList())
        .forEach(finding -> text.append(' ').append(finding.sentence()).append('.'));
    return text.toString();
  }
}
