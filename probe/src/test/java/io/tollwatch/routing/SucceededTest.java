package io.tollwatch.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.taxonomy.Money;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// What succeeded, against a list that is searched from end to end.
class SucceededTest {

  private static final Instant BEGIN = Instant.parse("2026-11-26T08:00:00.123456789Z");

  @Property(tries = 300)
  void findsWhatAListOfTheLastOnesFinds(
      @ForAll @Size(max = 200) List<@IntRange(max = 80) Integer> drawn,
      @ForAll @IntRange(min = 1, max = 60) int max) {
    Succeeded succeeded = new Succeeded(max);
    Deque<Standing> last = new ArrayDeque<>();
    for (int i = 0; i < drawn.size(); i++) {
      Standing attempt = attempt(i, drawn.get(i));
      Optional<Instant> forgotten = succeeded.add(attempt);
      last.add(attempt);
      assertThat(forgotten)
          .isEqualTo(last.size() > max ? Optional.of(last.removeFirst().at()) : Optional.empty());
    }
    assertThat(succeeded.size()).isEqualTo(last.size());
    for (int n = 0; n <= 80; n++) {
      PaymentIdentity asked = identity(n);
      assertThat(succeeded.of(asked))
          .containsExactlyInAnyOrderElementsOf(
              last.stream()
                  .filter(each -> shares(each.identity(), asked))
                  .map(each -> sharing(each, asked))
                  .toList());
    }
    for (int i = 0; i < drawn.size(); i++) {
      String exchange = "exchange-" + i;
      assertThat(succeeded.knows(exchange))
          .isEqualTo(last.stream().anyMatch(each -> each.exchange().equals(exchange)));
    }
  }

  @Test
  void growsToItsBoundAndForgetsTheOldest() {
    Succeeded succeeded = new Succeeded(5_000);
    for (int i = 0; i < 7_000; i++) {
      succeeded.add(
          standing(i, new PaymentIdentity("card", Optional.of("k" + i), Optional.empty())));
    }

    assertThat(succeeded.size()).isEqualTo(5_000);
    assertThat(succeeded.knows("exchange-1999")).isFalse();
    for (int i = 2_000; i < 7_000; i++) {
      assertThat(
              succeeded.of(new PaymentIdentity("card", Optional.of("k" + i), Optional.of("none"))))
          .extracting(Standing::exchange)
          .containsExactly("exchange-" + i);
    }
  }

  /// Few keys and references, so that many attempts share them; some have no key or no reference.
  private static PaymentIdentity identity(int drawn) {
    int key = drawn % 9;
    int reference = drawn / 9;
    return new PaymentIdentity(
        "card",
        key == 0 ? Optional.empty() : Optional.of("key-" + key),
        reference == 0 ? Optional.empty() : Optional.of("reference-" + reference));
  }

  private static Standing attempt(int number, int drawn) {
    return standing(number, identity(drawn));
  }

  private static Standing standing(int number, PaymentIdentity identity) {
    return new Standing(
        "exchange-" + number,
        number % 2 == 0 ? "one" : "two",
        identity,
        Money.SUCCEEDED,
        false,
        BEGIN.plusNanos(number));
  }

  private static boolean shares(PaymentIdentity one, PaymentIdentity other) {
    return (one.key().isPresent() && one.key().equals(other.key()))
        || (one.reference().isPresent() && one.reference().equals(other.reference()));
  }

  private static Standing sharing(Standing attempt, PaymentIdentity asked) {
    PaymentIdentity own = attempt.identity();
    return new Standing(
        attempt.exchange(),
        attempt.provider(),
        new PaymentIdentity(
            asked.channel(),
            own.key().filter(key -> asked.key().equals(own.key())),
            own.reference().filter(text -> asked.reference().equals(own.reference()))),
        attempt.money(),
        attempt.running(),
        attempt.at());
  }
}
