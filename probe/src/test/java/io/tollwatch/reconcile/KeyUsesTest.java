package io.tollwatch.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Intent;
import io.tollwatch.reconcile.KeyUses.Use;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// P1: a memory that is full makes no key younger than it may be, since a young key's repeat proves
/// what the first call came to; and nor does a wall clock that was set back.
class KeyUsesTest {

  private static final Duration LIFE = Duration.ofHours(24);

  private final KeyUses uses = new KeyUses(3);

  private Use note(DoubtRig rig, String key, boolean before) {
    Intent intent = rig.pay(key, "{}");
    return uses.note(intent, new Use(intent.startedAt(), rig.time.nanos().getAsLong(), before));
  }

  @Test
  void remembersTheFirstUse() {
    try (DoubtRig rig = new DoubtRig("stripe")) {
      Use first = note(rig, "k1", false);
      assertThat(first.at()).isEqualTo(DoubtRig.START);
      rig.time.advance(Duration.ofHours(1));
      assertThat(note(rig, "k1", false)).isEqualTo(first);
      assertThat(note(rig, "k2", false).at()).isEqualTo(DoubtRig.START.plusSeconds(3600));
    }
  }

  /// What a cancel by that key would end may then be the earlier call's payment.
  @Test
  void tellsACallWhoseKeyCameBefore() {
    try (DoubtRig rig = new DoubtRig("stripe")) {
      Intent first = rig.pay("k1", "{}");
      Intent second = rig.pay("k1", "{}");
      for (Intent each : List.of(first, first, second)) {
        var _ = uses.note(each, new Use(each.startedAt(), 0, false));
      }
      assertThat(uses.cameBefore(first)).isFalse();
      assertThat(uses.cameBefore(second)).isTrue();
      assertThat(uses.cameBefore(rig.pay("k2", "{}"))).isFalse();
    }
  }

  @Test
  void whatItMayHaveForgottenIsAsOldAsTheOldestThatItHas() {
    try (DoubtRig rig = new DoubtRig("stripe")) {
      Use oldest = note(rig, "k1", false);
      for (int i = 2; i <= 4; i++) {
        rig.time.advance(Duration.ofHours(1));
        var _ = note(rig, "k" + i, false);
      }
      rig.time.advance(Duration.ofHours(1));
      assertThat(note(rig, "k1", false)).as("k1 is forgotten").isEqualTo(oldest);
      rig.setForward = Duration.ofDays(365);
      assertThat(note(rig, "new", false).nanos()).as("nobody knows").isEqualTo(oldest.nanos());
      rig.setForward = Duration.ZERO;

      rig.time.advance(KeyUses.LONGEST_LIFE.plusDays(1));
      assertThat(note(rig, "later", false).at())
          .as("whatever was forgotten is forgotten by the gateway too")
          .isEqualTo(rig.time.now());
    }
  }

  @Test
  void noClockThatIsSetBackMakesAKeyYounger() {
    try (DoubtRig rig = new DoubtRig("stripe")) {
      Use first = note(rig, "k1", false);
      rig.time.advance(LIFE.plusSeconds(1));
      rig.setForward = Duration.ofHours(-23);

      assertThat(note(rig, "k1", false).isWithin(LIFE, rig.time.nanos().getAsLong())).isFalse();
      assertThat(first.isWithin(LIFE.plusSeconds(1), rig.time.nanos().getAsLong())).isTrue();
    }
  }

  @Test
  void ofAKeyFromBeforeARestartNoAgeIsSure() {
    try (DoubtRig rig = new DoubtRig("stripe")) {
      Use before = note(rig, "k1", true);
      Use again = note(rig, "k1", false);
      long now = rig.time.nanos().getAsLong();
      assertThat(again.isWithin(LIFE, now)).isFalse();
      assertThat(again.seemsWithinHalf(LIFE, before.at().plus(LIFE.dividedBy(2)), now)).isTrue();
      assertThat(
              again.seemsWithinHalf(LIFE, before.at().plus(LIFE.dividedBy(2)).plusSeconds(1), now))
          .isFalse();
      assertThat(again.seemsWithinHalf(LIFE, before.at().minusSeconds(1), now))
          .as("the clock was set back")
          .isFalse();
      assertThat(again.seemsWithinHalf(LIFE, before.at(), now + LIFE.toNanos())).isFalse();
    }
  }
}
