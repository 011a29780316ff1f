package io.tollwatch.proxy.incident;

import io.tollwatch.fixtures.FastTime;
import io.tollwatch.fixtures.Pause;
import io.tollwatch.proxy.incident.Payment.Told;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// Takes payments through a channel of a sidecar, and does as its answers say: what was not sent is
/// tried again, what is in doubt is repeated with its own key, and nothing else. Thread-safe.
final class ChannelTill implements Till {

  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration LATER = Duration.ofMinutes(2);
  private static final int MOST_DOUBLED = 2;
  private static final int UNSENT = 5;

  private final String url;
  private final Post post;
  private final FastTime time;
  private final Pause closing;
  private final Function<String, Optional<Money>> learned;

  /// @param url of the channel
  /// @param closing ends all waits
  /// @param learned what the ledger says of an exchange by now
  ChannelTill(
      String url,
      Post post,
      FastTime time,
      Pause closing,
      Function<String, Optional<Money>> learned) {
    this.url = url;
    this.post = post;
    this.time = time;
    this.closing = closing;
    this.learned = learned;
  }

  @Override
  public void take(Payment payment) {
    int unsent = 0;
    int repeats = 0;
    boolean open = true;
    while (open) {
      Optional<Post.Answer> answer =
          post.send(url + Cards.PATH, Cards.fields(payment), Cards.body(payment), PATIENCE);
      Money money = answer.flatMap(Post.Answer::money).map(Money::ofWord).orElse(Money.IN_DOUBT);
      switch (money) {
        case SUCCEEDED -> payment.tell(Told.PAID, time.now());
        case REJECTED -> payment.tell(Told.FAILED, time.now());
        case NOT_SENT -> {
          unsent++;
          if (unsent >= UNSENT) {
            payment.tell(Told.FAILED, time.now());
          }
        }
        case IN_DOUBT, PENDING, NONE -> payment.pending(time.now());
      }
      open =
          payment.told() == Told.NOTHING
              && goesOn(money == Money.NOT_SENT ? SOON : doubled(repeats++))
              && !isSettled(payment, answer.flatMap(Post.Answer::exchange));
    }
  }

  private static Duration doubled(int repeats) {
    return LATER.multipliedBy(1L << Math.min(repeats, MOST_DOUBLED));
  }

  private boolean goesOn(Duration wait) {
    return time.lasts(wait, closing);
  }

  /// Whether the sidecar has found out what became of it.
  private boolean isSettled(Payment payment, Optional<String> exchange) {
    Optional<Money> now = exchange.flatMap(learned);
    if (now.filter(Money.SUCCEEDED::equals).isPresent()) {
      payment.tell(Told.PAID, time.now());
    } else if (now.filter(Money.REJECTED::equals).isPresent()) {
      payment.tell(Told.FAILED, time.now());
    }
    return payment.told() != Told.NOTHING;
  }
}
