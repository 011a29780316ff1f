package io.tollwatch.proxy.incident;

import io.tollwatch.fixtures.FastTime;
import io.tollwatch.fixtures.Pause;
import io.tollwatch.fixtures.incident.Gateways;
import io.tollwatch.fixtures.incident.Incident;
import io.tollwatch.fixtures.tls.ThrowawayCa;
import io.tollwatch.proxy.demo.AlipayRequests;
import java.util.Optional;

/// The other side of the comparison: the same customers at a shop that calls its gateways itself.
/// Thread-safe.
final class Without implements AutoCloseable {

  private final Gateways gateways;
  private final Post post;
  private final Shop shop;

  private Without(Gateways gateways, Post post, Shop shop) {
    this.gateways = gateways;
    this.post = post;
    this.shop = shop;
  }

  static Without open(Incident incident, FastTime time) {
    Gateways gateways = Gateways.open(incident, time);
    Post post =
        new Post(
            time,
            gateways.ca().map(ThrowawayCa::clientContext),
            incident.kind() == Incident.Kind.CARDS_NEW_CONNECTIONS);
    NaiveTill.Attempts first =
        gateways
            .signingKey()
            .map(key ->
                NaiveTill.wallet(
                    gateways.firstUrl(), post, new WalletRequests(new AlipayRequests(key))))
            .orElseGet(() -> NaiveTill.cards(gateways.firstUrl(), post));
    Till till = new NaiveTill(first, NaiveTill.cards(gateways.secondUrl(), post), time);
    return new Without(gateways, post, new Shop("without", till, new Pause()));
  }

  Gateways gateways() {
    return gateways;
  }

  Shop shop() {
    return shop;
  }

  Score score() {
    return Scoring.of(shop.payments(), gateways, Optional.empty());
  }

  @Override
  public void close() {
    shop.close();
    post.close();
    gateways.close();
  }
}
