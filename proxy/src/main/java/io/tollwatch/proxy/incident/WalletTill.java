package io.tollwatch.proxy.incident;

import io.tollwatch.fixtures.FastTime;
import io.tollwatch.fixtures.Pause;
import io.tollwatch.proxy.incident.Payment.Told;
import io.tollwatch.taxonomy.Money;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// Takes payments by a wallet through a sidecar, and by card only what was surely not taken. What
/// is in doubt is asked about with queries, which only the merchant can sign. Thread-safe.
final class WalletTill implements Till {

  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private static final Duration LATER = Duration.ofMinutes(1);
  private static final int MOST_DOUBLED = 2;

  private final String wallet;
  private final String cards;
  private final WalletRequests requests;
  private final Post post;
  private final FastTime time;
  private final Pause closing;
  private final Function<String, Optional<Money>> learned;

  /// @param wallet its URL at the sidecar
  /// @param cards the URL of the other gateway, at the sidecar
  /// @param learned what the ledger says of an exchange by now
  WalletTill(
      String wallet,
      String cards,
      WalletRequests requests,
      Post post,
      FastTime time,
      Pause closing,
      Function<String, Optional<Money>> learned) {
    this.wallet = wallet;
    this.cards = cards;
    this.requests = requests;
    this.post = post;
    this.time = time;
    this.closing = closing;
    this.learned = learned;
  }

  @Override
  public void take(Payment payment) {
    Optional<Post.Answer> answer = send(wallet + WalletRequests.PATH, pay(payment));
    Money money = money(answer);
    if (money == Money.NOT_SENT) {
      answer = post.send(cards + Cards.PATH, Cards.fields(payment), Cards.body(payment), PATIENCE);
      money = money(answer);
    }
    Optional<String> exchange = answer.flatMap(Post.Answer::exchange);
    int asked = 0;
    while (!isFinal(payment, money) && goesOn(asked++)) {
      Optional<Post.Answer> told =
          send(wallet + WalletRequests.PATH, requests.query(payment.reference()));
      money = exchange.isPresent() ? exchange.flatMap(learned).orElse(money) : said(told);
    }
  }

  /// What the wallet says, where even the sidecar's answer was lost.
  private static Money said(Optional<Post.Answer> told) {
    return told.filter(WalletRequests::found).isPresent() ? Money.SUCCEEDED : Money.IN_DOUBT;
  }

  private String pay(Payment payment) {
    return requests.pay(payment.reference());
  }

  private Optional<Post.Answer> send(String url, String body) {
    return post.send(url, WalletRequests.FIELDS, body, PATIENCE);
  }

  private static Money money(Optional<Post.Answer> answer) {
    return answer.flatMap(Post.Answer::money).map(Money::ofWord).orElse(Money.IN_DOUBT);
  }

  private boolean isFinal(Payment payment, Money money) {
    switch (money) {
      case SUCCEEDED -> payment.tell(Told.PAID, time.now());
      case REJECTED, NOT_SENT -> payment.tell(Told.FAILED, time.now());
      case IN_DOUBT, PENDING, NONE -> payment.pending(time.now());
    }
    return payment.told() != Told.NOTHING;
  }

  private boolean goesOn(int asked) {
    return time.lasts(LATER.multipliedBy(1L << Math.min(asked, MOST_DOUBLED)), closing);
  }
}
