package io.tollwatch.exchange;

import it.unimi.dsi.fastutil.longs.Long2ObjectLinkedOpenHashMap;
import java.util.Optional;

/// The latest of many, by hashes of what they are known by ([TextHash]), up to a bound: the oldest
/// are forgotten first. For tens of thousands that live for long: without an object for each entry
/// and each hash they take a third of the memory, and a collection has a third to look at. Confined
/// to its owner's lock.
public final class LatestByHash<V> {

  /// Fuller than usual: a look-up takes some steps more, among longs that lie side by side.
  private static final float LOAD_FACTOR = 0.9f;

  private static final int FIRST_ROOM = 64;

  private final Long2ObjectLinkedOpenHashMap<V> values =
      new Long2ObjectLinkedOpenHashMap<>(FIRST_ROOM, LOAD_FACTOR);

  private final int max;

  /// @param max how many are known at most
  public LatestByHash(int max) {
    this.max = max;
  }

  /// The one with that hash.
  public Optional<V> find(long hash) {
    return Optional.ofNullable(values.get(hash));
  }

  /// Puts one in the place of what was known by that hash; one that is new is the latest.
  ///
  /// @return the oldest, if it is forgotten for this one
  public Optional<V> put(long hash, V value) {
    values.put(hash, value);
    return trimmed();
  }

  /// As [#put], but in any case it is the latest then.
  public Optional<V> putLast(long hash, V value) {
    values.putAndMoveToLast(hash, value);
    return trimmed();
  }

  /// Forgets what is known by that hash.
  public void remove(long hash) {
    values.remove(hash);
  }

  private Optional<V> trimmed() {
    return values.size() > max ? Optional.of(values.removeFirst()) : Optional.empty();
  }
}
