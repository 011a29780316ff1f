package io.tollwatch.report.figures;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How often each of a few things occurred. Confined to one report.
///
/// @param <K> the things
public final class Counts<K extends Comparable<? super K>> {

  private final SortedMap<K, Long> counts = new TreeMap<>();

  /// One more.
  public void add(K thing) {
    counts.merge(thing, 1L, Long::sum);
  }

  /// How often it occurred.
  public long of(K thing) {
    return counts.getOrDefault(thing, 0L);
  }

  /// How often all of them did.
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /// The most frequent first; those of the same number in their own order.
  public List<Map.Entry<K, Long>> descending() {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<K, Long>comparingByValue(Comparator.reverseOrder()))
        .toList();
  }
}
