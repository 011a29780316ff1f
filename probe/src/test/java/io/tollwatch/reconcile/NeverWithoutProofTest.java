package io.tollwatch.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// A gateway in memory that remembers keys for a day, a service that repeats when it likes, answers
/// that are lost at any point, and time that passes: whatever the register says that a payment came
/// to, the gateway's book says too.
class NeverWithoutProofTest {

  private static final Duration LIFE = Duration.ofHours(24);

  /// What the gateway has under a key.
  private record Kept(Instant at, boolean taken) {}

  private final Map<String, Kept> keys = new HashMap<>();
  private final Map<String, Boolean> book = new HashMap<>();
  private final Map<String, List<Intent>> neverArrived = new HashMap<>();

  @Property(tries = 500)
  void neverSaysWhatTheBookDoesNot(
      @ForAll @Size(max = 40) List<@IntRange(max = 9_999) Integer> steps) {
    keys.clear();
    book.clear();
    neverArrived.clear();
    try (DoubtRig rig = new DoubtRig("stripe")) {
      for (int step : steps) {
        call(rig, step);
      }
      assertThat(rig.resolutions)
          .allSatisfy(it ->
              assertThat(it.money() == Money.SUCCEEDED)
                  .as("%s", it)
                  .isEqualTo(book.getOrDefault(it.exchange(), false)));
      assertThat(rig.resolutions).extracting(Resolution::exchange).doesNotHaveDuplicates();
    }
  }

  private void call(DoubtRig rig, int dice) {
    rig.time.advance(Duration.ofHours(dice % 7 == 0 ? 30 : dice % 3));
    Intent intent = rig.pay("key-" + dice / 10 % 3, "{}");
    Instant now = intent.startedAt();
    String key = intent.correlation().idempotencyKey().orElseThrow();
    boolean arrives = dice / 100 % 4 != 0;
    boolean answered = dice / 1000 % 3 != 0;
    Kept kept = keys.get(key);
    boolean known = kept != null && !now.isAfter(kept.at().plus(LIFE));
    if (!arrives) {
      if (kept != null && known) {
        book.put(intent.id(), kept.taken()); // the payment that the service means by it
      } else {
        neverArrived.computeIfAbsent(key, _ -> new ArrayList<>()).add(intent);
      }
      rig.doubts.settled(intent, DoubtRig.lost(intent));
      return;
    }
    if (kept == null || !known) {
      kept = new Kept(now, dice / 100 % 2 == 0);
      keys.put(key, kept);
      boolean taken = kept.taken();
      // the payment that the service meant by them, too
      neverArrived
          .getOrDefault(key, List.of())
          .forEach(earlier -> book.putIfAbsent(earlier.id(), taken));
    }
    book.put(intent.id(), kept.taken());
    rig.doubts.settled(intent, answered ? answer(intent, kept) : DoubtRig.lost(intent));
  }

  private static Outcome answer(Intent intent, Kept kept) {
    return kept.taken()
        ? DoubtRig.succeeded(intent)
        : DoubtRig.answered(intent, Category.DECLINE_HARD);
  }
}
