package io.tollwatch.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Progress;
import io.tollwatch.profile.Idempotency;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// P1: a repeat at the same provider. Each rung shuts the gate alone, says so, and would be missed.
class RepeatGateTest {

  private static final Idempotency PROVEN = idempotency(true, Optional.of(Duration.ofHours(24)));
  private static final Attempt LOST = Moves.broken(Progress.MAYBE_SENT);
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final Map<RepeatRung, Again> CASES =
      Map.of(
          RepeatRung.SWITCH,
          new Again(channel(false), LOST, PROVEN, true, true, false, false, 1, SOON, true),
          RepeatRung.LOST,
          new Again(
              channel(true),
              Moves.broken(Progress.UNSENT),
              PROVEN,
              true,
              true,
              false,
              false,
              1,
              SOON,
              true),
          RepeatRung.PROVEN,
          of(idempotency(false, Optional.of(Duration.ofHours(24)))),
          RepeatRung.KEYED,
          new Again(channel(true), LOST, PROVEN, false, true, false, false, 1, SOON, true),
          RepeatRung.WINDOW,
          new Again(channel(true), LOST, PROVEN, true, false, false, false, 1, SOON, true),
          RepeatRung.BODY,
          new Again(channel(true), LOST, PROVEN, true, true, true, false, 1, SOON, true),
          RepeatRung.DUPLICATES,
          new Again(channel(true), LOST, PROVEN, true, true, false, true, 1, SOON, true),
          RepeatRung.ATTEMPTS,
          new Again(channel(true), LOST, PROVEN, true, true, false, false, 2, SOON, true),
          RepeatRung.DEADLINE,
          new Again(
              channel(true),
              LOST,
              PROVEN,
              true,
              true,
              false,
              false,
              1,
              Duration.ofSeconds(60),
              true),
          RepeatRung.BUDGET,
          new Again(channel(true), LOST, PROVEN, true, true, false, false, 1, SOON, false));

  private static Channel channel(boolean repeat) {
    return new Channel(
        "card",
        List.of("a", "b"),
        new Strategy.Ordered(),
        Duration.ofSeconds(60),
        2,
        0.2,
        false,
        false,
        Channel.SameReference.REFUSE,
        repeat,
        Channel.Sharing.ALONE,
        Set.of(),
        CanarySettings.defaults());
  }

  private static Idempotency idempotency(boolean proven, Optional<Duration> lives) {
    return new Idempotency(
        Optional.empty(),
        Map.of(),
        lives,
        Idempotency.Scope.ACCOUNT,
        Optional.empty(),
        Idempotency.OtherBody.REFUSED,
        proven);
  }

  private static Again of(Idempotency idempotency) {
    return new Again(channel(true), LOST, idempotency, true, true, false, false, 1, SOON, true);
  }

  @Test
  void opensForAnAnswerThatWasLostUnderAKeyThatTheGatewayKnows() {
    assertThat(new Gate().shut(of(PROVEN))).isEmpty();
  }

  @Test
  void staysShutForAnAnswerAndWhereNobodySaysHowLongAKeyLives() {
    Again answered =
        new Again(
            channel(true), Moves.answered(503), PROVEN, true, true, false, false, 1, SOON, true);
    assertThat(new Gate().shut(answered)).contains(RepeatRung.LOST);
    assertThat(new Gate().shut(of(idempotency(true, Optional.empty()))))
        .contains(RepeatRung.PROVEN);
  }

  @ParameterizedTest
  @EnumSource
  void eachRungShutsItAndWouldBeMissed(RepeatRung rung) {
    Again again = Objects.requireNonNull(CASES.get(rung));
    assertThat(new Gate().shut(again)).contains(rung);
    assertThat(rung.reason()).isNotBlank();
    assertThat(Gate.withoutRepeat(rung).shut(again)).isEmpty();
  }
}
