package io.tollwatch.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Progress;
import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.profile.Immovable;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// P1: the failover gate. Each rung shuts it alone, says so, and would be missed.
class GateTest {

  private static final Map<Rung, Consumer<Moves>> CASES =
      Map.ofEntries(
          Map.entry(Rung.PROGRESS, moves -> moves.attempt = Moves.broken(Progress.MAYBE_SENT)),
          Map.entry(Rung.PASSED_ON, moves -> moves.passedOn = true),
          Map.entry(Rung.STATUS, moves -> moves.attempt = Moves.answered(500)),
          Map.entry(Rung.REFUSED, moves -> moves.money = Money.IN_DOUBT),
          Map.entry(Rung.SHIPPED, moves -> moves.byUser = true),
          Map.entry(Rung.FINAL, moves -> moves.finalSource = Optional.empty()),
          Map.entry(Rung.OPERATION, moves -> moves.operation = Operation.REFUND),
          Map.entry(Rung.DECLINE, moves -> moves.category = Category.DECLINE_HARD),
          Map.entry(Rung.MOVABLE, moves -> moves.immovable = Optional.of(Immovable.Why.SIGNED)),
          Map.entry(Rung.REPLAYABLE, moves -> moves.streamed = true),
          Map.entry(Rung.IDENTITY, moves -> moves.identified = false),
          Map.entry(Rung.FREE, moves -> moves.rival = Optional.of(standing())),
          Map.entry(Rung.CLAIM, moves -> moves.claimable = false),
          Map.entry(Rung.ATTEMPTS, moves -> moves.attempts = 2),
          Map.entry(Rung.NETWORKS, moves -> moves.tries = Rung.MAX_TRIES),
          Map.entry(Rung.DEADLINE, moves -> moves.elapsed = Duration.ofSeconds(60)),
          Map.entry(Rung.BUDGET, moves -> moves.budgetLeft = false));

  private static Standing standing() {
    return new Standing(
        "other",
        "a",
        new PaymentIdentity("card", Optional.of("k"), Optional.empty()),
        Money.IN_DOUBT,
        true,
        Instant.EPOCH);
  }

  @Test
  void opensForAFinalRefusalAndForWhatWasNotSent() {
    assertThat(new Gate().ask(new Moves().move())).isInstanceOf(Ruling.Open.class);

    Moves unsent = new Moves();
    unsent.attempt = Moves.broken(Progress.UNSENT);
    unsent.money = Money.NOT_SENT;
    unsent.finalSource = Optional.empty();
    unsent.identified = false;
    assertThat(new Gate().ask(unsent.move())).isInstanceOf(Ruling.Open.class);
  }

  @ParameterizedTest
  @EnumSource
  void eachRungShutsItWithItsReason(Rung rung) {
    Move move = moved(rung);

    assertThat(new Gate().ask(move))
        .isInstanceOfSatisfying(
            Ruling.Shut.class,
            shut -> {
              assertThat(shut.rung()).isEqualTo(rung);
              assertThat(shut.reason()).isNotBlank().doesNotContain("\n");
            });
  }

  @ParameterizedTest
  @EnumSource
  void eachRungWouldBeMissed(Rung rung) {
    assertThat(Gate.without(Set.of(rung)).ask(moved(rung))).isInstanceOf(Ruling.Open.class);
  }

  @Test
  void whatTheNetworkSaysMustNotBeTriedAgainGoesNowhereElse() {
    Moves moves = new Moves();
    moves.stop = Optional.of("$.error.network_advice_code 03");

    assertThat(new Gate().ask(moves.move()))
        .isInstanceOfSatisfying(
            Ruling.Shut.class,
            shut -> {
              assertThat(shut.rung()).isEqualTo(Rung.NETWORKS);
              assertThat(shut.reason()).contains("must not be tried again");
            });
    assertThat(Gate.without(Set.of(Rung.NETWORKS)).ask(moves.move()))
        .isInstanceOf(Ruling.Open.class);
  }

  @Test
  void progressIsReadFirst() {
    Moves moves = new Moves();
    CASES.values().forEach(each -> each.accept(moves));
    moves.attempt = Moves.broken(Progress.MAYBE_SENT);

    assertThat(new Gate().ask(moves.move()))
        .isInstanceOfSatisfying(
            Ruling.Shut.class, shut -> assertThat(shut.rung()).isEqualTo(Rung.PROGRESS));
  }

  private static Move moved(Rung rung) {
    Moves moves = new Moves();
    Objects.requireNonNull(CASES.get(rung)).accept(moves);
    return moves.move();
  }
}
