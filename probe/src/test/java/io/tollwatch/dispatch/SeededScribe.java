package io.tollwatch.dispatch;

import io.tollwatch.verdict.Classifier;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Makes scribes whose ids follow from a seed, so that what they are part of can be played again.
/// Stateless.
public final class SeededScribe {

  private static final int LIMIT = 64 * 1024;

  private SeededScribe() {}

  /// A scribe with the keys that all tests share.
  public static Scribe of(Classifier classifier, InstantSource clock, RandomGenerator ids) {
    return new Scribe(classifier, clock, LIMIT, Keys.ofPayments(), new ExchangeIds(ids));
  }
}
