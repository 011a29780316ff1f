package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/// Numbers of exchanges, each with a hash of every [Join] that it has, one after the other in bytes
/// of a fixed length: five million are looked through in a moment, and adding some costs next to
/// nothing. Confined to one thread.
final class LookupEntries {

  private static final List<Join> KINDS = List.of(Join.values());

  /// How many bytes one takes.
  static final int BYTES = Long.BYTES + KINDS.size() * Integer.BYTES;

  private static final int NONE = 0;

  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private final ByteBuffer entry = ByteBuffer.allocate(BYTES);
  private long last = Long.MIN_VALUE;

  void add(long no, Exchange exchange) {
    entry.clear().putLong(no);
    for (Join kind : KINDS) {
      entry.putInt(hash(kind.of(exchange)));
    }
    add(no, entry.array(), 0);
  }

  /// Adds what only the outcome tells, if it tells anything.
  void add(long no, Outcome outcome) {
    if (KINDS.stream().allMatch(kind -> kind.of(outcome).isEmpty())) {
      return;
    }
    entry.clear().putLong(no);
    for (Join kind : KINDS) {
      entry.putInt(hash(kind.of(outcome)));
    }
    add(no, entry.array(), 0);
  }

  /// Adds entries that were packed before.
  void add(byte[] packed) {
    add(packed, _ -> true);
  }

  /// Adds those of the packed entries whose numbers are wanted.
  void add(byte[] packed, LongPredicate wanted) {
    ByteBuffer from = ByteBuffer.wrap(packed);
    for (int at = 0; at + BYTES <= packed.length; at += BYTES) {
      long no = from.getLong(at);
      if (wanted.test(no)) {
        add(no, packed, at);
      }
    }
  }

  private void add(long no, byte[] from, int at) {
    entries.write(from, at, BYTES);
    last = Math.max(last, no);
  }

  int count() {
    return entries.size() / BYTES;
  }

  /// The highest number.
  long last() {
    return last;
  }

  byte[] packed() {
    return entries.toByteArray();
  }

  /// Tells the numbers that may have that text. Some have another one with the same hash.
  static void search(byte[] packed, Join.Wanted wanted, LongConsumer found) {
    int hash = hash(Optional.of(wanted.text()));
    int[] places = wanted.kinds().stream().mapToInt(LookupEntries::place).toArray();
    ByteBuffer from = ByteBuffer.wrap(packed);
    for (int at = 0; at + BYTES <= packed.length; at += BYTES) {
      for (int place : places) {
        if (from.getInt(at + place) == hash) {
          found.accept(from.getLong(at));
        }
      }
    }
  }

  private static int place(Join kind) {
    return Long.BYTES + KINDS.indexOf(kind) * Integer.BYTES;
  }

  private static int hash(Optional<String> text) {
    if (text.isEmpty()) {
      return NONE;
    }
    int hash = text.get().hashCode();
    return hash == NONE ? 1 : hash;
  }
}
