package io.tollwatch.proxy.incident;

import io.tollwatch.fixtures.FastTime;
import io.tollwatch.proxy.incident.Payment.Told;
import java.time.Duration;
import java.util.Optional;

/// Takes payments straight at the first gateway, and switches to the second one when no answer
/// comes; an answer that is no success is a failure. Thread-safe.
final class NaiveTill implements Till {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Attempts first;
  private final Attempts second;
  private final FastTime time;

  /// One try at one gateway.
  @FunctionalInterface
  interface Attempts {
    /// Whether it was taken, as the answer says; empty if none came.
    Optional<Boolean> make(Payment payment, Duration patience);
  }

  NaiveTill(Attempts first, Attempts second, FastTime time) {
    this.first = first;
    this.second = second;
    this.time = time;
  }

  /// Tries at a gateway that takes cards.
  static Attempts cards(String url, Post post) {
    return (payment, patience) ->
        post.send(url + Cards.PATH, Cards.fields(payment), Cards.body(payment), patience)
            .map(Cards::charged);
  }

  /// Tries at a wallet.
  static Attempts wallet(String url, Post post, WalletRequests requests) {
    return (payment, patience) ->
        post.send(
                url + WalletRequests.PATH,
                WalletRequests.FIELDS,
                requests.pay(payment.reference()),
                patience)
            .map(WalletRequests::paid);
  }

  @Override
  public void take(Payment payment) {
    boolean taken =
        first.make(payment, PATIENCE).or(() -> second.make(payment, PATIENCE)).orElse(false);
    payment.tell(taken ? Told.PAID : Told.FAILED, time.now());
  }
}
