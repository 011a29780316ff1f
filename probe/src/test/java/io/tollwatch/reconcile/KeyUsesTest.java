package io.tollwatch.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Intent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// P1: a memory that is full makes no key younger than it may be, since a young key's repeat proves
/// what the first call came to.
class KeyUsesTest {

  private final KeyUses uses = new KeyUses(3);

  @Test
  void remembersTheFirstUse() {
    try (DoubtRig rig = new DoubtRig("stripe")) {
      Instant first = uses.note(rig.pay("k1", "{}"));
      rig.time.advance(Duration.ofHours(1));
      assertThat(uses.note(rig.pay("k1", "{}"))).isEqualTo(first).isEqualTo(DoubtRig.START);
      Intent other = rig.pay("k2", "{}");
      assertThat(uses.note(other)).isEqualTo(other.startedAt());
    }
  }

  @Test
  void whatItMayHaveForgottenIsAsOldAsTheOldestThatItHas() {
    try (DoubtRig rig = new DoubtRig("stripe")) {
      Instant oldest = uses.note(rig.pay("k1", "{}"));
      for (int i = 2; i <= 4; i++) {
        rig.time.advance(Duration.ofHours(1));
        uses.note(rig.pay("k" + i, "{}"));
      }
      rig.time.advance(Duration.ofHours(1));
      assertThat(uses.note(rig.pay("k1", "{}"))).as("k1 is forgotten").isEqualTo(oldest);
      assertThat(uses.note(rig.pay("new", "{}"))).as("nobody knows").isEqualTo(oldest);

      rig.time.advance(KeyUses.LONGEST_LIFE.plusDays(1));
      Intent later = rig.pay("later", "{}");
      assertThat(uses.note(later))
          .as("whatever was forgotten is forgotten by the gateway too")
          .isEqualTo(later.startedAt());
    }
  }
}
