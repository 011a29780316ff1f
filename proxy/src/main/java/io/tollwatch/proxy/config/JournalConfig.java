package io.tollwatch.proxy.config;

import io.tollwatch.document.SizeText;
import java.time.Duration;

/// How much the journal may hold. Immutable.
///
/// @param maxSize how large it may grow while the store does not take what is in it; beyond that
///   nothing is kept, and counted; default 4GiB, from 64MiB to 1024GiB
/// @param keepAge how long what the store has taken stays in it, for a rebuild; default 7d, from 0s
///   to 3650d
/// @param keepSize how much of what the store has taken stays in it; default 1GiB, from 0B to
///   1024GiB
public record JournalConfig(SizeText maxSize, Duration keepAge, SizeText keepSize) {

  /// The settings where no file says otherwise.
  public static JournalConfig defaults() {
    return new JournalConfig(new SizeText(4L << 30), Duration.ofDays(7), new SizeText(1L << 30));
  }
}
