package io.tollwatch.ledger.store;

import java.time.Instant;
import java.util.stream.LongStream;

/// What a text that joins exchanges (a trace, a reference, a request id) is found by: the hour in
/// the upper half, the text's hash in the lower. Such texts come in no order, and an index over
/// them would be written all over with each batch; led by the hour, only its end is written. Who
/// looks for a text without knowing when asks for one key an hour.
final class LookupKey {

  private static final long HOUR = 3_600;
  private static final long LOW = 0xFFFF_FFFFL;

  private LookupKey() {}

  static long of(Instant at, String text) {
    return of(hour(at), text);
  }

  /// The keys that the text may have, from one hour to another.
  static Long[] between(Instant from, Instant to, String text) {
    return LongStream.rangeClosed(hour(from), hour(to))
        .mapToObj(hour -> of(hour, text))
        .toArray(Long[]::new);
  }

  private static long of(long hour, String text) {
    return hour << Integer.SIZE | (text.hashCode() & LOW);
  }

  private static long hour(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), HOUR);
  }
}
