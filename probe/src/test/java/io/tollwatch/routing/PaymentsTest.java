package io.tollwatch.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// P1: the index of payments keeps each payment at one provider.
class PaymentsTest {

  private static final List<String> PROVIDERS = List.of("a", "b", "c");
  private static final Instant NOW = Instant.parse("2026-11-26T02:00:00Z");

  private final Payments payments = Payments.fresh();

  private static PaymentIdentity identity(String key, String reference) {
    return new PaymentIdentity(
        "card",
        Optional.of(key).filter(text -> !text.isEmpty()),
        Optional.of(reference).filter(text -> !text.isEmpty()));
  }

  private static Attempted attempted(String exchange, String provider, PaymentIdentity identity) {
    return new Attempted(exchange, provider, identity, NOW);
  }

  private Claiming claim(String exchange, String provider, PaymentIdentity identity) {
    return payments.claim(attempted(exchange, provider, identity), Operation.PAY, false);
  }

  @Test
  void bindsARepeatWithTheSameKeyToTheProviderWhateverStands() {
    for (Money money : List.of(Money.IN_DOUBT, Money.PENDING, Money.SUCCEEDED)) {
      PaymentIdentity one = identity("k" + money, "");
      claim("first" + money, "a", one);
      assertThat(claim("second" + money, "b", one)).isInstanceOf(Claiming.Bound.class);
      payments.settle("first" + money, money, Optional.empty());
      assertThat(claim("third" + money, "b", one)).isInstanceOf(Claiming.Bound.class);
      assertThat(claim("fourth" + money, "a", one)).isInstanceOf(Claiming.Granted.class);
    }
  }

  @Test
  void refusesWhatOnlyTheReferenceTells() {
    claim("first", "a", identity("k1", "order"));
    assertThat(claim("second", "a", identity("k2", "order"))).isInstanceOf(Claiming.Refused.class);
    assertThat(claim("third", "a", identity("", "order"))).isInstanceOf(Claiming.Refused.class);
    assertThat(
            payments.claim(attempted("fourth", "b", identity("k2", "order")), Operation.PAY, true))
        .isInstanceOf(Claiming.Bound.class);
  }

  @Test
  void isFreeAfterWhatTookNothing() {
    for (Money money : List.of(Money.REJECTED, Money.NOT_SENT)) {
      claim("first", "a", identity("k1", "order"));
      payments.settle("first", money, Optional.empty());
      assertThat(payments.size()).isZero();
    }
    assertThat(claim("next", "b", identity("k2", "order"))).isInstanceOf(Claiming.Granted.class);
  }

  @Test
  void aResolutionSettlesADoubtAndNotWhatStillRuns() {
    PaymentIdentity one = identity("k1", "");
    claim("first", "a", one);
    payments.resolved(resolution("first", Money.REJECTED));
    assertThat(payments.standing(one)).as("it runs").isPresent();

    payments.settle("first", Money.IN_DOUBT, Optional.empty());
    payments.resolved(resolution("first", Money.REJECTED));
    assertThat(payments.standing(one)).isEmpty();
  }

  private static Resolution resolution(String exchange, Money money) {
    return new Resolution(
        exchange,
        NOW,
        money,
        Resolution.By.HAND,
        "the statement shows it",
        Optional.of("ada"),
        Optional.empty());
  }

  @Test
  void forgetsTheOldestSuccessOnlyAndCountsIt() {
    Payments small = new Payments(2);
    for (int i = 0; i < 4; i++) {
      small.join(attempted("s" + i, "a", identity("s" + i, "")), Operation.PAY);
      small.settle("s" + i, Money.SUCCEEDED, Optional.empty());
      small.join(attempted("d" + i, "a", identity("d" + i, "")), Operation.PAY);
      small.settle("d" + i, Money.IN_DOUBT, Optional.empty());
    }
    assertThat(small.forgotten()).isEqualTo(2);
    assertThat(small.standing(identity("s0", ""))).isEmpty();
    assertThat(small.standing(identity("s3", ""))).isPresent();
    assertThat(small.standing(identity("d0", ""))).isPresent();
  }

  @Test
  void knowsWhoTookAPaymentUnlessTwoGaveOutTheSameId() {
    claim("first", "a", identity("k1", ""));
    payments.settle("first", Money.SUCCEEDED, Optional.of("pi_1"));
    assertThat(payments.takerOf("card", "pi_1")).contains("a");

    claim("second", "b", identity("k2", ""));
    payments.settle("second", Money.SUCCEEDED, Optional.of("pi_1"));
    assertThat(payments.takerOf("card", "pi_1")).isEmpty();
  }

  /// Calls of a few payments, each at a random point of its way: whatever is interleaved, the
  /// attempts of one payment that stand are at one provider.
  @Property(tries = 100)
  void neverTwoProvidersStandingHoweverCallsAreInterleaved(@ForAll long seed) {
    Random random = new Random(seed);
    Payments index = Payments.fresh();
    List<Attempted> running = new ArrayList<>();
    for (int step = 0; step < 100; step++) {
      if (running.isEmpty() || random.nextInt(3) == 0) {
        begin(index, random, step, running);
      } else {
        end(index, random, step, running);
      }
      for (int payment = 0; payment < 3; payment++) {
        assertOneProvider(index, payment);
      }
    }
  }

  private static void begin(Payments index, Random random, int step, List<Attempted> running) {
    int payment = random.nextInt(3);
    Attempted next =
        attempted(
            "x" + step,
            PROVIDERS.get(random.nextInt(3)),
            identity(random.nextBoolean() ? "key" + payment : "", "order" + payment));
    if (index.claim(next, Operation.PAY, random.nextBoolean()) instanceof Claiming.Granted) {
      running.add(next);
    }
  }

  private static void end(Payments index, Random random, int step, List<Attempted> running) {
    Attempted ended = running.remove(random.nextInt(running.size()));
    Money money =
        List.of(Money.IN_DOUBT, Money.REJECTED, Money.NOT_SENT, Money.REJECTED, Money.NOT_SENT)
            .get(random.nextInt(5));
    if (money != Money.IN_DOUBT && random.nextBoolean()) {
      Attempted next = attempted("y" + step, PROVIDERS.get(random.nextInt(3)), ended.identity());
      if (index.move(ended.exchange(), money, next, Operation.PAY).isEmpty()) {
        running.add(next);
        return;
      }
    }
    index.settle(ended.exchange(), money, Optional.empty());
    if (money == Money.IN_DOUBT && random.nextInt(4) > 0) {
      index.resolved(resolution(ended.exchange(), Money.REJECTED));
    }
  }

  private static void assertOneProvider(Payments index, int payment) {
    assertThat(index.all(identity("key" + payment, "order" + payment)))
        .extracting(Standing::provider)
        .satisfiesAnyOf(
            all -> assertThat(all).isEmpty(),
            all -> assertThat(all.stream().distinct()).hasSize(1));
  }
}
