package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Routing;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.http.Answer;
import io.tollwatch.taxonomy.Money;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// P1 through a channel of two providers, `a` before `b`, on real sockets: what was not sent goes
/// to `b`, what may have been taken never does, now or later.
class ChannelTest {

  private static final String PLAIN = "deadline: 60s";
  private static final String NO_FUNDS = "4000000000009995";

  @TempDir private Path folder;

  @Test
  void failsOverWhenNothingWasSent() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      rig.a.close();
      HttpResponse<String> answer = rig.send(rig.pay("one"));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(ChannelRig.provider(answer)).isEqualTo("b");
      assertThat(answer.headers().firstValue("Tollwatch-Channel")).contains("card");
      assertThat(rig.b.book().charges("one")).hasSize(1);
      List<Exchange> both = rig.exchanges();
      assertThat(both).hasSize(2);
      Routing second = both.get(1).intent().routing().orElseThrow();
      assertThat(second.previous()).contains(both.get(0).id());
      assertThat(second.decisions())
          .extracting(Decision::kind, Decision::provider)
          .containsExactly(tuple(Decision.Kind.CHOSEN, "b"));
    }
  }

  @Test
  void replacesTheCallersCredentialsAtEachProvider() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      rig.send(rig.pay("one").header("X-Api-Key", "of-the-caller").header("Cookie", "own=1"));

      var received = rig.a.book().requests().getFirst().head();
      assertThat(received.first("Authorization")).contains("Bearer sk_test_ofA");
      assertThat(received.first("X-Api-Key")).isEmpty();
      assertThat(received.first("Cookie")).isEmpty();
      assertThat(received.first("Idempotency-Key")).contains("one");
    }
  }

  @Test
  void neverFailsOverWhenMoneyIsInDoubtAndRepeatsGoToTheSameProvider() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      rig.a.faults().next(Fault.stall().at(Moment.ANSWERED));
      HttpResponse<String> lost = rig.send(rig.pay("one"));
      assertThat(lost.statusCode()).isEqualTo(504);
      assertThat(Payments.money(lost)).isEqualTo("in_doubt");
      assertThat(rig.exchanges().getFirst().outcome().orElseThrow().decisions())
          .extracting(Decision::kind)
          .containsExactly(Decision.Kind.REFUSED);

      rig.a.faults().release();
      HttpResponse<String> again = rig.send(rig.pay("one"));
      assertThat(ChannelRig.provider(again)).isEqualTo("a");
      assertThat(rig.exchanges().getLast().intent().repeatOf()).contains(Payments.exchange(lost));
      assertThat(rig.a.book().charges("one")).hasSize(1);
      assertThat(rig.b.book().requests()).isEmpty();
    }
  }

  @Test
  void staysThereWhenItsProviderIsGoneAndAfterARestart() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      rig.a.faults().next(Fault.reset().at(Moment.ANSWERED));
      assertThat(Payments.money(rig.send(rig.pay("one")))).isEqualTo("in_doubt");
      rig.restart();
      rig.a.close();

      HttpResponse<String> again = rig.send(rig.pay("one"));
      assertThat(again.statusCode()).isEqualTo(503);
      assertThat(ChannelRig.provider(again)).isEqualTo("a");
      assertThat(Payments.money(again))
          .as("of the payment, not of this call")
          .isEqualTo("in_doubt");
      assertThat(rig.b.book().requests()).isEmpty();
      assertThat(ChannelRig.provider(rig.send(rig.pay("another")))).isEqualTo("b");
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "false, 0"})
  void finalDeclinesGoOnOnlyWhereTheChannelSaysSo(boolean configured, int seen) {
    try (ChannelRig rig = ChannelRig.start(folder, "fail-over-declines: " + configured)) {
      HttpResponse<String> declined = rig.send(rig.pay("one", "order-1", NO_FUNDS));

      assertThat(declined.statusCode()).isEqualTo(402);
      assertThat(rig.b.book().requests()).hasSize(seen);
      assertThat(rig.exchanges()).hasSize(1 + seen);
    }
  }

  @Test
  void aFinalRefusalOfTheAccountGoesOn() {
    try (ChannelRig rig = ChannelRig.ofProfile(folder, "mollie")) {
      rig.a
          .faults()
          .next(
              Fault.instead(
                  Answer.of(
                      401,
                      "application/hal+json",
                      "{\"status\":401,\"title\":\"Unauthorized Request\",\"detail\":\"Missing"
                          + " authentication, or failed to authenticate\"}")));
      rig.b
          .faults()
          .next(
              Fault.instead(
                  Answer.of(
                      201,
                      "application/hal+json",
                      "{\"resource\":\"payment\",\"id\":\"tr_1\",\"status\":\"open\"}")));
      HttpResponse<String> answer =
          rig.send(
              HttpRequest.newBuilder(URI.create(rig.url("card") + "/v2/payments"))
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", "one")
                  .POST(
                      BodyPublishers.ofString(
                          "{\"amount\":{\"currency\":\"EUR\",\"value\":\"10.00\"},"
                              + "\"description\":\"order-1\"}")));

      assertThat(ChannelRig.provider(answer)).isEqualTo("b");
      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(rig.exchanges()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"500, RECEIVED", "500, ANSWERED", "503, ANSWERED"})
  void aFailureOfTheGatewayNeverGoesOn(int status, String moment) {
    try (ChannelRig rig = ChannelRig.start(folder, "fail-over-declines: true")) {
      rig.a
          .faults()
          .next(
              Fault.status(status)
                  .at(moment.equals("RECEIVED") ? Moment.RECEIVED : Moment.ANSWERED));
      HttpResponse<String> answer = rig.send(rig.pay("one"));

      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(Payments.money(answer)).isEqualTo("in_doubt");
      assertThat(rig.b.book().requests()).isEmpty();
    }
  }

  @Test
  void theSameReferenceUnderAnotherKeyIsRefusedWithTheEarlierExchangeNamed() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      HttpResponse<String> first = rig.send(rig.pay("one", "order-1", "4242424242424242"));
      for (String key : List.of("two", "")) {
        HttpResponse<String> again = rig.send(rig.pay(key, "order-1", "4242424242424242"));

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(Payments.money(again)).isEqualTo("succeeded");
        assertThat(again.headers().firstValue("Tollwatch-Earlier-Exchange"))
            .contains(Payments.exchange(first));
        assertThat(again.body()).contains("\"sent\":false");
      }
      assertThat(rig.a.book().requests()).hasSize(1);
      assertThat(rig.b.book().requests()).isEmpty();
      assertThat(rig.exchanges()).hasSize(3);
    }
  }

  @Test
  void theSameReferenceFollowsTheFirstWhereTheChannelSaysSo() {
    try (ChannelRig rig = ChannelRig.start(folder, "same-reference: forward")) {
      HttpResponse<String> first = rig.send(rig.pay("one", "order-1", "4242424242424242"));
      HttpResponse<String> again = rig.send(rig.pay("two", "order-1", "4242424242424242"));

      assertThat(ChannelRig.provider(again)).isEqualTo("a");
      assertThat(rig.exchanges().getLast().intent().duplicateOf())
          .contains(Payments.exchange(first));
    }
  }

  @Test
  void aRefundGoesToTheProviderThatTookThePaymentNowAndAfterARestart() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      HttpResponse<String> taken = pay(rig);
      String taker = ChannelRig.provider(taken);
      String payment = taken.body().replaceAll("(?s).*?\"id\"\\s*:\\s*\"(pi_\\w+)\".*", "$1");

      assertThat(ChannelRig.provider(rig.send(rig.refund(payment)))).isEqualTo(taker);
      rig.restart();
      assertThat(ChannelRig.provider(rig.send(rig.refund(payment)))).isEqualTo(taker);
      HttpResponse<String> unknown = rig.send(rig.refund("pi_unknown"));
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(unknown.body()).contains("unknown-payment", "\"sent\":false");
    }
  }

  /// A payment that `b` takes, because `a` can't be reached.
  private static HttpResponse<String> pay(ChannelRig rig) {
    rig.a.close();
    HttpResponse<String> taken = rig.send(rig.pay("one"));
    assertThat(ChannelRig.provider(taken)).isEqualTo("b");
    return taken;
  }

  @Test
  void repeatsAtTheSameTimeEndAtOneProvider() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      rig.send(rig.refund("pi_unknown")); // the channel is ready now
      rig.a.close();
      List<CompletableFuture<HttpResponse<String>>> all =
          IntStream.range(0, 8).mapToObj(_ -> Payments.sendAsync(rig.pay("one"))).toList();
      all.forEach(CompletableFuture::join);

      assertThat(Payments.money(rig.send(rig.pay("one")))).isEqualTo("succeeded");
      assertThat(rig.a.book().charges("one")).isEmpty();
      assertThat(rig.b.book().charges("one")).hasSize(1);
    }
  }

  @Test
  void aPaymentWithoutKeyAndReferenceIsRefusedWhereTheChannelWantsOne() {
    try (ChannelRig rig = ChannelRig.start(folder, "require-identity: true")) {
      HttpResponse<String> answer =
          rig.send(Payments.form(rig.url("card"), "amount=1000&currency=eur&confirm=true"));

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("identity-required");
      assertThat(Payments.money(answer)).isEqualTo("not_sent");
      assertThat(rig.a.book().requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 2, 200", "false, 1, 504"})
  void sendsWhatLostItsAnswerThereAgainOnlyWhereTheChannelSaysSo(
      boolean repeat, int attempts, int status) {
    try (ChannelRig rig = ChannelRig.start(folder, "repeat: " + repeat)) {
      rig.a.faults().next(Fault.stall().at(Moment.ANSWERED));
      HttpResponse<String> answer = rig.send(rig.pay("one"));

      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(ChannelRig.provider(answer)).isEqualTo("a");
      assertThat(rig.a.book().charges("one")).as("taken once").hasSize(1);
      assertThat(rig.b.book().requests()).isEmpty();
      List<Exchange> made = rig.exchanges();
      assertThat(made).hasSize(attempts);
      if (repeat) {
        assertThat(made.get(1).intent().repeatOf()).contains(made.getFirst().id());
        assertThat(made.getFirst().money()).as("proven by the repeat").contains(Money.SUCCEEDED);
      }
    }
  }

  @Test
  void repeatsOnlyAsOftenAsItMayAndNeverGoesElsewhereAfterwards() {
    try (ChannelRig rig = ChannelRig.start(folder, "repeat: true, max-attempts: 3")) {
      rig.a.faults().always(Fault.stall().at(Moment.ANSWERED));
      HttpResponse<String> answer = rig.send(rig.pay("one"));

      assertThat(Payments.money(answer)).isEqualTo("in_doubt");
      List<Exchange> made = rig.exchanges();
      assertThat(made).hasSize(3);
      assertThat(made.getLast().outcome().orElseThrow().decisions())
          .extracting(Decision::kind, Decision::provider)
          .containsExactly(tuple(Decision.Kind.REFUSED, "a"), tuple(Decision.Kind.REFUSED, "b"));
      assertThat(rig.b.book().requests()).isEmpty();
      assertThat(rig.a.book().charges("one")).hasSize(1);
    }
  }

  @Test
  void aReloadThatSwapsProvidersLeavesStandingPaymentsWhereTheyAre() {
    try (ChannelRig rig = ChannelRig.start(folder, PLAIN)) {
      rig.a.faults().next(Fault.stall().at(Moment.ANSWERED));
      HttpResponse<String> lost = rig.send(rig.pay("one"));
      assertThat(Payments.money(lost)).isEqualTo("in_doubt");
      rig.a.faults().release();

      rig.reload("b, a");
      assertThat(ChannelRig.provider(rig.send(rig.pay("new")))).isEqualTo("b");
      assertThat(ChannelRig.provider(rig.send(rig.pay("one")))).isEqualTo("a");

      rig.reload("b");
      HttpResponse<String> refused = rig.send(rig.pay("one"));
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("a provider that the channel no longer has");
      assertThat(rig.b.book().charges("one")).isEmpty();
      assertThat(rig.a.book().charges("one")).hasSize(1);
    }
  }
}
