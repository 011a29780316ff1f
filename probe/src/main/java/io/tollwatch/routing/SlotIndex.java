package io.tollwatch.routing;

import java.util.Arrays;

/// Finds the slots of a table of columns by a hash: a hash table of chains, in arrays. Confined to
/// its owner's lock.
final class SlotIndex {

  private static final int END = -1;
  private static final int ABSENT = -2;

  private final int[] heads;
  private final int[] nexts;
  private final long[] hashes;

  /// @param slots how many there can be
  SlotIndex(int slots) {
    this.heads = new int[Integer.highestOneBit(Math.max(1, slots)) * 2];
    this.nexts = new int[slots];
    this.hashes = new long[slots];
    Arrays.fill(heads, END);
    Arrays.fill(nexts, ABSENT);
  }

  /// One of as many slots or more, with what this one has.
  SlotIndex grown(int slots) {
    SlotIndex larger = new SlotIndex(slots);
    for (int slot = 0; slot < nexts.length; slot++) {
      if (nexts[slot] != ABSENT) {
        larger.add(slot, hashes[slot]);
      }
    }
    return larger;
  }

  /// Adds a slot that is not in it.
  void add(int slot, long hash) {
    int bucket = bucket(hash);
    hashes[slot] = hash;
    nexts[slot] = heads[bucket];
    heads[bucket] = slot;
  }

  /// Takes a slot out, if it is in.
  void remove(int slot) {
    if (nexts[slot] == ABSENT) {
      return;
    }
    int bucket = bucket(hashes[slot]);
    if (heads[bucket] == slot) {
      heads[bucket] = nexts[slot];
    } else {
      int before = heads[bucket];
      while (nexts[before] != slot) {
        before = nexts[before];
      }
      nexts[before] = nexts[slot];
    }
    nexts[slot] = ABSENT;
  }

  /// The slot of that hash that was added last; negative if there is none.
  int first(long hash) {
    return seek(heads[bucket(hash)], hash);
  }

  /// The next slot of the same hash; negative if there is none.
  int after(int slot) {
    return seek(nexts[slot], hashes[slot]);
  }

  /// Whether a slot is in it with that hash.
  boolean has(int slot, long hash) {
    return nexts[slot] != ABSENT && hashes[slot] == hash;
  }

  private int seek(int from, long hash) {
    int slot = from;
    while (slot >= 0 && hashes[slot] != hash) {
      slot = nexts[slot];
    }
    return slot;
  }

  /// The high bits too: the low ones of a product only depend on the low ones of its factors.
  private int bucket(long hash) {
    long mixed = hash ^ (hash >>> 32);
    return (int) (mixed ^ (mixed >>> 16)) & (heads.length - 1);
  }
}
