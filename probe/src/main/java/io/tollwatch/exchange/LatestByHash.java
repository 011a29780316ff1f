package io.tollwatch.exchange;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The latest of many, by hashes of what they are known by ([TextHash]), up to a bound: the oldest
/// are forgotten first. For tens of thousands that live for long: without an object for each entry
/// and each hash they take a third of the memory, and a collection has a third to look at. Confined
/// to its owner's lock.
///
/// They lie in a ring in the order in which they came, so that those that came since the last
/// collection lie side by side: among the old objects a collection looks at all that is near to one
/// that changed.
public final class LatestByHash<V> {

  /// Fuller than usual: a look-up takes some steps more, among longs that lie side by side.
  private static final float LOAD_FACTOR = 0.9f;

  /// A power of two, as the ring's length always is.
  private static final int FIRST_ROOM = 64;

  private static final int NOWHERE = -1;

  private final Long2IntOpenHashMap places = new Long2IntOpenHashMap(FIRST_ROOM, LOAD_FACTOR);
  private final int max;
  private long[] hashes = new long[FIRST_ROOM];

  /// Null where one was taken away, and outside of what is in use.
  private @Nullable Object[] values = new Object[FIRST_ROOM];

  /// Where what is in use begins, and how long it is.
  private int oldest;

  private int used;

  /// @param max how many are known at most
  public LatestByHash(int max) {
    this.max = max;
    places.defaultReturnValue(NOWHERE);
  }

  /// The one with that hash.
  public Optional<V> find(long hash) {
    int place = places.get(hash);
    return place == NOWHERE ? Optional.empty() : Optional.ofNullable(at(place));
  }

  /// Puts one in the place of what was known by that hash; one that is new is the latest.
  ///
  /// @return the oldest, if it is forgotten for this one
  public Optional<V> put(long hash, V value) {
    int place = places.get(hash);
    if (place == NOWHERE) {
      return append(hash, value);
    }
    values[place] = value;
    return Optional.empty();
  }

  /// As [#put], but in any case it is the latest then.
  public Optional<V> putLast(long hash, V value) {
    remove(hash);
    return append(hash, value);
  }

  /// Forgets what is known by that hash.
  public void remove(long hash) {
    int place = places.remove(hash);
    if (place != NOWHERE) {
      values[place] = null;
    }
  }

  private Optional<V> append(long hash, V value) {
    if (used == values.length) {
      makeRoom();
    }
    int place = next(oldest + used);
    used++;
    hashes[place] = hash;
    values[place] = value;
    places.put(hash, place);
    return places.size() > max ? Optional.ofNullable(takeOldest()) : Optional.empty();
  }

  private @Nullable V takeOldest() {
    V taken = null;
    while (taken == null && used > 0) {
      taken = at(oldest);
      values[oldest] = null;
      if (taken != null) {
        places.remove(hashes[oldest]);
      }
      oldest = next(oldest + 1);
      used--;
    }
    return taken;
  }

  /// Closes the gaps; where they are few, in a longer ring.
  private void makeRoom() {
    int length = values.length;
    boolean full = places.size() > length - length / 8;
    long[] formerHashes = hashes;
    @Nullable Object[] formerValues = values;
    int from = oldest;
    hashes = new long[full ? 2 * length : length];
    values = new Object[hashes.length];
    oldest = 0;
    used = 0;
    for (int i = 0; i < length; i++) {
      int place = (from + i) & (length - 1);
      if (formerValues[place] != null) {
        hashes[used] = formerHashes[place];
        values[used] = formerValues[place];
        places.put(hashes[used], used);
        used++;
      }
    }
  }

  private int next(int place) {
    return place & (values.length - 1);
  }

  @SuppressWarnings("unchecked") // only values go in
  private @Nullable V at(int place) {
    return (V) values[place];
  }
}
