package io.tollwatch.ledger.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// The number of an exchange's rows, made of its id: the id's time in milliseconds, then the first
/// 19 bits of its randomness, then one of a few slots for ids that agree so far. So rows lie in the
/// order of time, and neither the time nor the id needs an index, which each batch would have to
/// write all over. Good until the year 2109.
final class RowNumber {

  /// How many numbers an id may have.
  static final int SLOTS = 4;

  /// How far the start of an exchange may be from its id's time.
  static final Duration SLACK = Duration.ofMinutes(1);

  private static final int ID_LENGTH = 26;
  private static final int TIME_CHARS = 10;
  private static final int RANDOM_CHARS = 4;
  private static final int BITS_OF_CHAR = 5;
  private static final int RANDOM_BITS = 19;
  private static final int SLOT_BITS = 2;
  private static final int BELOW_TIME = RANDOM_BITS + SLOT_BITS;
  private static final long MAX_MILLIS = (1L << (Long.SIZE - 1 - BELOW_TIME)) - 1;
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int[] VALUES = values();

  private RowNumber() {}

  private static int[] values() {
    int[] values = new int[1 << Byte.SIZE];
    Arrays.fill(values, -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = i;
    }
    return values;
  }

  /// The first number that this exchange may have; the other slots follow.
  ///
  /// @throws IllegalArgumentException if it is no id that this program makes, or one of another
  ///   time
  static long first(String id, Instant startedAt) {
    long first = first(id);
    if (first < from(startedAt) || first >= until(startedAt)) {
      throw new IllegalArgumentException(
          "the id's time is not that of the start: %s, %s".formatted(id, startedAt));
    }
    return first;
  }

  /// The first number that an exchange with this id may have.
  ///
  /// @throws IllegalArgumentException if it is no id that this program makes
  static long first(String id) {
    if (id.length() != ID_LENGTH) {
      throw new IllegalArgumentException("not 26 characters: " + id);
    }
    long millis = Math.min(number(id, 0, TIME_CHARS), MAX_MILLIS);
    long random = number(id, TIME_CHARS, RANDOM_CHARS);
    return millis << BELOW_TIME
        | random >>> (RANDOM_CHARS * BITS_OF_CHAR - RANDOM_BITS) << SLOT_BITS;
  }

  private static long number(String id, int from, int chars) {
    long number = 0;
    for (int i = from; i < from + chars; i++) {
      char digit = id.charAt(i);
      int value = digit < VALUES.length ? VALUES[digit] : -1;
      if (value < 0) {
        throw new IllegalArgumentException("not an id's character: " + digit);
      }
      number = number << BITS_OF_CHAR | value;
    }
    return number;
  }

  /// No exchange that started then or later has a lower number.
  static long from(Instant start) {
    return millis(start, SLACK.negated()) << BELOW_TIME;
  }

  /// No exchange that started before then has this number or a higher one.
  static long until(Instant start) {
    return (millis(start, SLACK) + 1) << BELOW_TIME;
  }

  /// The first number of the millisecond in which that time is: exchanges that started, by their
  /// ids, before it have lower ones.
  static long before(Instant start) {
    return millis(start, Duration.ZERO) << BELOW_TIME;
  }

  /// No exchange with that number started later.
  static Instant latestStart(long no) {
    return Instant.ofEpochMilli((no >>> BELOW_TIME) + 1).plus(SLACK);
  }

  private static long millis(Instant time, Duration slack) {
    long seconds = time.getEpochSecond();
    if (seconds >= MAX_MILLIS / 1_000) {
      return MAX_MILLIS - 1;
    }
    return seconds < -SLACK.toSeconds() ? 0 : Math.max(time.plus(slack).toEpochMilli(), 0);
  }
}
