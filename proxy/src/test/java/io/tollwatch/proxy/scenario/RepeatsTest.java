package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.taxonomy.Money;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens to a payment that comes a second time: it is forwarded, linked and counted; or with
/// `duplicates: refuse` it is not sent while the first may have been taken.
class RepeatsTest {

  private static final String FORM = "amount=1000&currency=eur&confirm=true&payment_method=";
  private static final String QUICK = "response-timeout: 1s, keep-alive: 0s";

  @TempDir private Path folder;

  @Test
  void aRepeatIsForwardedLinkedAndCounted() {
    try (MoneyRig rig = MoneyRig.start(folder, QUICK)) {
      String first =
          Payments.exchange(Payments.send(Payments.stripe(rig.url("stripe"), "again-1")));
      HttpResponse<String> again = Payments.send(Payments.stripe(rig.url("stripe"), "again-1"));

      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(rig.stripe.book().requests()).hasSize(2);
      assertThat(rig.stripe.book().charges("again-1")).hasSize(1);
      assertThat(rig.last().intent().repeatOf()).hasValue(first);
      assertThat(Admin.of(rig.data).get("/metrics").body())
          .contains("tollwatch_repeats_total{provider=\"stripe\"} 1.0");
    }
  }

  @Test
  void theSameBodyWithoutAKeyIsARepeatWithinSeconds() {
    try (MoneyRig rig = MoneyRig.start(folder, QUICK)) {
      String first = Payments.exchange(Payments.send(keyless(rig, "pm_card_visa")));
      Payments.send(keyless(rig, "pm_card_mastercard"));
      assertThat(rig.last().intent().repeatOf()).isEmpty();
      Payments.send(keyless(rig, "pm_card_visa"));
      assertThat(rig.last().intent().repeatOf()).hasValue(first);
    }
  }

  @Test
  void refusesARepeatOfWhatIsInDoubtHoweverOftenItComes() {
    try (MoneyRig rig = MoneyRig.start(folder, QUICK + ", duplicates: refuse")) {
      rig.stripe.faults().next(Fault.reset().at(Moment.ANSWERED));
      HttpResponse<String> lost = Payments.send(Payments.stripe(rig.url("stripe"), "doubt-1"));
      assertThat(Payments.money(lost)).isEqualTo("in_doubt");

      for (int i = 0; i < 3; i++) {
        HttpResponse<String> again = Payments.send(Payments.stripe(rig.url("stripe"), "doubt-1"));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(Payments.money(again)).isEqualTo("in_doubt");
        assertThat(again.headers().firstValue("Tollwatch-Earlier-Exchange"))
            .hasValue(Payments.exchange(lost));
        assertThat(again.body()).contains(Payments.exchange(lost), "\"sent\":false");
        assertRefusalIsRecorded(rig, again, Payments.exchange(lost));
      }
      assertThat(rig.stripe.book().requests()).hasSize(1);
      assertThat(Admin.of(rig.data).get("/metrics").body())
          .contains("tollwatch_repeats_total{provider=\"stripe\"} 3.0");
    }
  }

  private static void assertRefusalIsRecorded(
      MoneyRig rig, HttpResponse<String> again, String earlier) {
    Exchange refused = rig.last();
    assertThat(refused.id()).isEqualTo(Payments.exchange(again));
    assertThat(refused.intent().repeatOf()).hasValue(earlier);
    assertThat(refused.outcome().orElseThrow().verdict().money()).isEqualTo(Money.NOT_SENT);
    assertThat(refused.outcome().orElseThrow().clientStatus()).isEqualTo(409);
  }

  @Test
  void refusesARepeatOfWhatSucceeded() {
    try (MoneyRig rig = MoneyRig.start(folder, QUICK + ", duplicates: refuse")) {
      Payments.send(Payments.adyen(rig.url("adyen"), "paid-1"));
      HttpResponse<String> again = Payments.send(Payments.adyen(rig.url("adyen"), "paid-1"));

      assertThat(again.statusCode()).isEqualTo(409);
      assertThat(Payments.money(again)).isEqualTo("succeeded");
      assertThat(rig.adyen.book().requests()).hasSize(1);
    }
  }

  @Test
  void refusesARepeatWhileTheFirstStillRuns() {
    try (MoneyRig rig = MoneyRig.start(folder, "response-timeout: 10s, duplicates: refuse")) {
      rig.stripe.faults().next(Fault.stall().at(Moment.WORKING));
      var running = Payments.sendAsync(Payments.stripe(rig.url("stripe"), "running-1"));
      assertThat(rig.stripe.faults().awaitHeld(1, MoneyRig.LIMIT)).isTrue();

      HttpResponse<String> again = Payments.send(Payments.stripe(rig.url("stripe"), "running-1"));
      assertThat(again.statusCode()).isEqualTo(409);
      assertThat(Payments.money(again)).isEqualTo("in_doubt");

      rig.stripe.faults().release();
      assertThat(Payments.money(running.join())).isEqualTo("succeeded");
      HttpResponse<String> later = Payments.send(Payments.stripe(rig.url("stripe"), "running-1"));
      assertThat(Payments.money(later)).isEqualTo("succeeded");
      assertThat(rig.stripe.book().requests()).hasSize(1);
    }
  }

  @Test
  void allowsARepeatAfterAFinalDecline() {
    try (MoneyRig rig = MoneyRig.start(folder, QUICK + ", duplicates: refuse")) {
      HttpResponse<String> declined = Payments.send(keyless(rig, "pm_card_chargeDeclined"));
      assertThat(Payments.money(declined)).isEqualTo("rejected");

      HttpResponse<String> again = Payments.send(keyless(rig, "pm_card_chargeDeclined"));
      assertThat(again.statusCode()).isEqualTo(402);
      assertThat(rig.stripe.book().requests()).hasSize(2);
      assertThat(rig.last().intent().repeatOf()).hasValue(Payments.exchange(declined));
    }
  }

  /// `sun.net.http.retryPost` is on by default: when a connection drops before the answer, the
  /// JDK's old client sends a POST again and tells nobody. A relay drops the first answer here.
  @Test
  void seesTheSilentRepeatOfHttpUrlConnection() throws IOException {
    try (MoneyRig rig = MoneyRig.start(folder, QUICK + ", duplicates: refuse");
        CuttingRelay relay = CuttingRelay.before(rig.sidecar().egress())) {
      URI url = URI.create(relay.url() + "/stripe/v1/payment_intents");
      HttpURLConnection old = (HttpURLConnection) url.toURL().openConnection();
      old.setDoOutput(true);
      old.setReadTimeout((int) Duration.ofSeconds(10).toMillis());
      old.setRequestProperty("Authorization", "Bearer sk_test_moneyrig");
      old.getOutputStream().write((FORM + "pm_card_visa").getBytes(StandardCharsets.UTF_8));

      assertThat(old.getResponseCode()).isEqualTo(409);
      assertThat(old.getHeaderField("Tollwatch-Money")).isEqualTo("succeeded");
      assertThat(rig.exchanges()).hasSize(2);
      assertThat(rig.last().intent().repeatOf()).hasValue(rig.exchanges().getLast().id());
      assertThat(rig.stripe.book().charges()).hasSize(1);
    }
  }

  private static java.net.http.HttpRequest.Builder keyless(MoneyRig rig, String card) {
    return Payments.form(rig.url("stripe"), FORM + card);
  }
}
