package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Mishap;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.gateway.FakeGateway;
import io.tollwatch.taxonomy.Money;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// P1 and P2, whatever the gateway does and whenever it does it: no payment is sent twice, what the
/// caller and the ledger are told of the money is never less than the gateway's book shows, and all
/// that the gateway saw is recorded. One payment per case, on a connection of its own, or on one
/// that another payment goes over next.
class NeverTwiceTest {

  private static final Set<Money> NOTHING_TAKEN = Set.of(Money.NOT_SENT, Money.REJECTED);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @TempDir private static Path folder;
  private static MoneyRig rig;
  private static MoneyRig reusing;

  @BeforeAll
  static void start() {
    String quick = "response-timeout: 250ms, connect-timeout: 250ms, ";
    rig = MoneyRig.start(folder.resolve("fresh"), quick + "keep-alive: 0s");
    reusing = MoneyRig.start(folder.resolve("reusing"), quick + "keep-alive: 30s");
  }

  @AfterAll
  static void stop() {
    rig.close();
    reusing.close();
  }

  @BeforeEach
  @AfterEach
  void quiet() {
    for (MoneyRig each : List.of(rig, reusing)) {
      for (FakeGateway gateway : List.of(each.stripe, each.adyen)) {
        gateway.faults().clear();
        gateway.book().clear();
      }
    }
  }

  static Stream<Mishap> mishaps() {
    Stream<Mishap> anytime =
        Stream.of(Fault.reset(), Fault.close(), Fault.stall(), Fault.garbage())
            .flatMap(fault ->
                Stream.of(
                        Moment.ACCEPT,
                        Moment.request(60),
                        Moment.RECEIVED,
                        Moment.WORKING,
                        Moment.ANSWERED,
                        Moment.answer(5),
                        Moment.HEAD,
                        Moment.BODY,
                        Moment.AFTER)
                    .map(fault::at));
    Stream<Mishap> bodies =
        Stream.of("truncated:length", "truncated:chunked", "encoding:gzip", "interim:103")
            .map(Mishap::parse);
    Stream<Mishap> pages =
        Stream.of(200, 204, 302, 403, 408, 500, 502, 503, 504)
            .flatMap(status ->
                Stream.of(Moment.RECEIVED, Moment.ANSWERED).map(Fault.status(status)::at));
    // the gateway's own refusals: a gateway that refuses what it has booked can't be seen through
    Stream<Mishap> refusals =
        Stream.of(400, 401, 404, 429).map(status -> Fault.status(status).at(Moment.RECEIVED));
    return Stream.of(anytime, bodies, pages, refusals).flatMap(mishaps -> mishaps);
  }

  @ParameterizedTest
  @MethodSource("mishaps")
  void chargesStripeOnceAndTellsTheTruth(Mishap mishap) {
    String key = "stripe-" + NUMBER.incrementAndGet();
    rig.stripe.faults().next(mishap);

    check(rig, rig.stripe, newest(rig.stripe), key, Payments.stripe(rig.url("stripe"), key));
  }

  @ParameterizedTest
  @MethodSource("mishaps")
  void chargesAdyenOnceAndTellsTheTruth(Mishap mishap) {
    String key = "adyen-" + NUMBER.incrementAndGet();
    rig.adyen.faults().next(mishap);

    check(rig, rig.adyen, newest(rig.adyen), key, Payments.adyen(rig.url("adyen"), key));
  }

  static Stream<Mishap> afterwards() {
    return Stream.of(Fault.reset(), Fault.close(), Fault.garbage(), Fault.stall())
        .map(fault -> fault.at(Moment.AFTER));
  }

  @ParameterizedTest
  @MethodSource("afterwards")
  void whatLiesOnAPooledConnectionIsNeverTheNextPaymentsAnswer(Mishap mishap) {
    String first = "first-" + NUMBER.incrementAndGet();
    String second = "second-" + NUMBER.incrementAndGet();
    reusing.stripe.faults().next(mishap);

    HttpResponse<String> answer = Payments.send(Payments.stripe(reusing.url("stripe"), first));
    assertThat(Payments.money(answer)).isEqualTo("succeeded");
    reusing.stripe.book().clear();
    check(reusing, reusing.stripe, 0, second, Payments.stripe(reusing.url("stripe"), second));
  }

  /// The number of the newest connection: the call that follows opens another one. What was cut in
  /// an earlier case comes into the book whenever the gateway notices.
  private static long newest(FakeGateway gateway) {
    return gateway.book().connections();
  }

  private static void check(
      MoneyRig rig, FakeGateway gateway, long earlier, String key, HttpRequest.Builder payment) {
    HttpResponse<String> answer = Payments.send(payment);

    Exchange exchange = rig.last();
    var outcome = exchange.outcome().orElseThrow();
    Money money = outcome.verdict().money();
    assertThat(exchange.id()).isEqualTo(Payments.exchange(answer));
    assertThat(Payments.money(answer)).isEqualTo(money.word());
    if (outcome.broken().isPresent()) {
      assertThat(answer.statusCode()).isIn(502, 503, 504);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(money).isIn(Money.IN_DOUBT, Money.NOT_SENT);
    }

    // what was under way at the gateway comes to its end: only then the book is closed
    boolean booksLate = gateway.faults().left() == 0 && money == Money.IN_DOUBT;
    gateway.faults().clear();
    if (booksLate) {
      gateway.book().awaitMovements(1, Duration.ofMillis(100));
    }
    long received =
        gateway.book().requests("POST", "/").stream()
            .filter(request -> request.connection() > earlier)
            .count();
    int charges = gateway.book().charges(key).size();
    assertThat(received).isLessThanOrEqualTo(1);
    assertThat(charges).isLessThanOrEqualTo(1);
    if (received > 0) {
      assertThat(money).isNotEqualTo(Money.NOT_SENT);
    }
    if (charges > 0) {
      assertThat(money).isNotIn(NOTHING_TAKEN);
    }
    if (money == Money.SUCCEEDED) {
      assertThat(charges).isEqualTo(1);
    }
    assertThat(rig.exchanges())
        .filteredOn(each -> each.intent().correlation().reference().equals(Optional.of(key)))
        .hasSize(1);
  }
}
