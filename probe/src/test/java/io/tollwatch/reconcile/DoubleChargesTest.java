package io.tollwatch.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What was taken under one reference, at whichever provider and in whichever order.
class DoubleChargesTest {

  private final DoubleCharges charges = new DoubleCharges();

  private static Taken taken(String exchange, String provider, String key) {
    return new Taken(
        exchange,
        provider,
        Optional.of(key).filter(text -> !text.isEmpty()),
        Optional.empty(),
        List.of(1L),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private void note(Taken payment) {
    var _ = charges.note(payment, Instant.EPOCH);
  }

  @Test
  void anotherPaymentAtAProviderIsKnownAlsoBehindOneElsewhere() {
    note(taken("1", "b", "k1"));
    note(taken("2", "a", "k2"));

    assertThat(charges.hasAnotherAt("a", taken("3", "a", ""))).isTrue();
    assertThat(charges.hasAnotherAt("a", taken("3", "a", "k2"))).isFalse();
  }

  @Test
  void anotherPaymentAtAProviderIsKnownAlsoBehindThePaymentItself() {
    note(taken("1", "a", "k1"));
    note(taken("2", "a", "k2"));

    assertThat(charges.hasAnotherAt("a", taken("3", "a", "k1"))).isTrue();
  }
}
