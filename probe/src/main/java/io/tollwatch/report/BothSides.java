package io.tollwatch.report;

import io.tollwatch.health.UsOrThem;
import io.tollwatch.health.UsOrThem.Side;
import io.tollwatch.ledger.store.CallCount;
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

  /// Takes calls of the service.
  void call(CallCount count) {
    add(calls, count);
  }

  /// Takes calls of checks.
  void check(CallCount count) {
    add(checks, count);
  }

  private static void add(Map<Key, Side> side, CallCount count) {
    count
        .ended()
        .ifPresent(ended ->
            side.merge(
                new Key(count.provider(), count.operation()),
                new Side(count.calls(), isBad(ended) ? count.calls() : 0),
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
