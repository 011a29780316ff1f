package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.taxonomy.Money;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What becomes of payments whose answer was lost: a whole sidecar with its reconciler, in front of
/// fake gateways whose books say what really happened.
class ReconcileTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String QUICK = "response-timeout: 10s, keep-alive: 0s";
  private static final String ASKED =
      QUICK
          + ", reconcile: {first-delay: 100ms, max-interval: 1s, per-minute: 1200, headers:"
          + " {Authorization: {env: LOOKUP_KEY, prefix: \"Bearer \"}}}";

  @TempDir private Path folder;

  /// A payment intent that is confirmed in a call of its own, so that its id is known.
  private static HttpRequest.Builder confirm(MoneyRig rig, String order) {
    HttpResponse<String> made =
        Payments.send(
            Payments.form(
                rig.url("stripe"),
                "amount=1000&currency=eur&payment_method=pm_card_visa&metadata[order_id]="
                    + order));
    String id = JSON.readTree(made.body()).path("id").asString();
    return HttpRequest.newBuilder(
            URI.create(rig.url("stripe") + "/v1/payment_intents/" + id + "/confirm"))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer sk_test_moneyrig")
        .header("Idempotency-Key", "confirm-" + order)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(""));
  }

  private static JsonNode inDoubt(MoneyRig rig) {
    return JSON.readTree(Admin.of(rig.data).get("/api/in-doubt").body());
  }

  private static JsonNode shownInDoubt(MoneyRig rig, String id) {
    return JSON.readTree(Admin.of(rig.data).get("/api/in-doubt/" + id).body()).path("doubt");
  }

  private static Exchange shown(MoneyRig rig, String id) {
    return MoneyRig.exchanges(rig.sidecar()).stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Resolution resolved(MoneyRig rig, String id) {
    Eventually.holds("resolved: " + id, () -> shown(rig, id).resolution().isPresent());
    return shown(rig, id).resolution().orElseThrow();
  }

  private static List<Exchange> looks(MoneyRig rig) {
    return rig.exchanges().stream()
        .filter(each -> each.intent().origin() == Origin.RECONCILE)
        .toList();
  }

  private static String lost(HttpResponse<String> answer) {
    assertThat(Payments.money(answer)).isEqualTo("in_doubt");
    return Payments.exchange(answer);
  }

  @Test
  void anAnswerLostAfterTheChargeIsProvenByALookup() {
    try (MoneyRig rig = MoneyRig.start(folder, ASKED)) {
      HttpRequest.Builder confirm = confirm(rig, "lost-1");
      rig.stripe.faults().next(Fault.reset().at(Moment.ANSWERED));
      String doubt = lost(Payments.send(confirm));

      Resolution resolution = resolved(rig, doubt);

      assertThat(resolution.money()).isEqualTo(Money.SUCCEEDED);
      assertThat(resolution.by()).isEqualTo(Resolution.By.LOOKUP);
      assertThat(looks(rig)).extracting(Exchange::id).contains(resolution.evidence().orElseThrow());
      assertThat(rig.stripe.book().charges("lost-1")).hasSize(1);
      // the intent that it confirmed is one more that was not finished, with looks of its own
      Eventually.holds("nothing is in doubt", () -> inDoubt(rig).path("doubts").isEmpty());
      assertThat(Admin.of(rig.data).get("/metrics").body())
          .contains("tollwatch_resolutions_total{by=\"lookup\",money=\"succeeded\"}")
          .contains("tollwatch_looks_total{provider=\"stripe\",result=\"succeeded\"}");
    }
  }

  @Test
  void aLookupThatFindsItUnfinishedKeepsItInDoubt() {
    try (MoneyRig rig = MoneyRig.start(folder, ASKED)) {
      HttpRequest.Builder confirm = confirm(rig, "lost-2");
      rig.stripe.faults().next(Fault.reset().at(Moment.RECEIVED));
      String doubt = lost(Payments.send(confirm));

      Eventually.holds("asked twice", () -> shownInDoubt(rig, doubt).path("looks").asInt(0) >= 2);

      assertThat(shown(rig, doubt).resolution()).isEmpty();
      JsonNode shown = shownInDoubt(rig, doubt);
      assertThat(shown.path("how").path("best").asString()).isEqualTo("by_lookup");
      assertThat(shown.path("last_look").path("result").asString()).isEqualTo("pending");
      assertThat(rig.stripe.book().charges("lost-2")).isEmpty();
    }
  }

  @Test
  void aDoubtSurvivesARestartAndIsProvenAfterIt() {
    try (MoneyRig rig = MoneyRig.start(folder, QUICK)) {
      HttpRequest.Builder confirm = confirm(rig, "lost-3");
      rig.stripe.faults().next(Fault.reset().at(Moment.ANSWERED));
      String doubt = lost(Payments.send(confirm));
      assertThat(inDoubt(rig).path("doubts").path(0).path("how").path("best").asString())
          .isEqualTo("by_query");

      rig.configure("", ASKED);
      rig.restart();

      assertThat(resolved(rig, doubt).money()).isEqualTo(Money.SUCCEEDED);
      rig.restart();
      Eventually.holds("nothing is in doubt", () -> inDoubt(rig).path("doubts").isEmpty());
      assertThat(shown(rig, doubt).resolutions()).hasSize(1);
    }
  }

  @Test
  void whatOnlyARepeatTellsIsSettledByTheServicesOwnAndNeverByOurs() {
    try (MoneyRig rig = MoneyRig.start(folder, ASKED)) {
      rig.adyen.faults().next(Fault.reset().at(Moment.ANSWERED));
      String doubt = lost(Payments.send(Payments.adyen(rig.url("adyen"), "again-1")));
      assertThat(inDoubt(rig).path("doubts").path(0).path("how").path("best").asString())
          .isEqualTo("by_repeat");

      HttpResponse<String> again = Payments.send(Payments.adyen(rig.url("adyen"), "again-1"));

      assertThat(Payments.money(again)).isEqualTo("succeeded");
      Resolution resolution = resolved(rig, doubt);
      assertThat(resolution.by()).isEqualTo(Resolution.By.REPEAT);
      assertThat(resolution.evidence()).hasValue(Payments.exchange(again));
      assertThat(rig.adyen.book().charges("again-1")).hasSize(1);
      assertThat(rig.adyen.book().requests()).hasSize(2);
    }
  }

  @Test
  void aLateSuccessAfterTheServiceWentElsewhereIsToldAsADoubleCharge() {
    try (MoneyRig rig = MoneyRig.start(folder, QUICK)) {
      rig.stripe.faults().next(Fault.reset().at(Moment.ANSWERED));
      String doubt = lost(Payments.send(Payments.stripe(rig.url("stripe"), "order-7")));
      HttpResponse<String> elsewhere = Payments.send(Payments.adyen(rig.url("adyen"), "order-7"));
      assertThat(inDoubt(rig).path("double_charges")).isEmpty();

      Payments.send(Payments.stripe(rig.url("stripe"), "order-7"));

      assertThat(resolved(rig, doubt).money()).isEqualTo(Money.SUCCEEDED);
      JsonNode twice = inDoubt(rig).path("double_charges").path(0);
      assertThat(twice.path("first").asString()).isEqualTo(doubt);
      assertThat(twice.path("second").asString()).isEqualTo(Payments.exchange(elsewhere));
      assertThat(twice.path("amount_minor").asLong()).isEqualTo(1000);
      assertThat(Admin.of(rig.data).get("/metrics").body())
          .contains("tollwatch_double_charges 1.0");
    }
  }

  @Test
  void aSickGatewayIsAskedAFewTimesAndThenNoMore() {
    try (MoneyRig rig = MoneyRig.start(folder, ASKED)) {
      rig.stripe
          .faults()
          .on("GET", "/v1/payment_intents/")
          .always(Fault.reset().at(Moment.RECEIVED));
      List<HttpRequest.Builder> confirms =
          IntStream.range(0, 6).mapToObj(i -> confirm(rig, "sick-" + i)).toList();
      for (HttpRequest.Builder each : confirms) {
        rig.stripe
            .faults()
            .on("POST", "/v1/payment_intents/")
            .next(Fault.reset().at(Moment.ANSWERED));
        lost(Payments.send(each));
      }

      Eventually.holds(
          "no more looks",
          () -> inDoubt(rig).path("looks_stopped").path(0).asString("").equals("stripe"));

      long asked =
          rig.stripe.book().requests().stream().filter(it -> it.method().equals("GET")).count();
      assertThat(asked).isBetween(1L, 4L);
      assertThat(inDoubt(rig).path("doubts"))
          .filteredOn(each -> each.path("money").asString().equals("in_doubt"))
          .hasSize(6);
      assertThat(rig.exchanges())
          .filteredOn(each -> each.intent().origin() == Origin.LIVE)
          .allSatisfy(each -> assertThat(each.resolutions()).isEmpty());
    }
  }

  @Test
  void aPersonCanSayWhatItCameToAndThatIsKept() {
    try (MoneyRig rig = MoneyRig.start(folder, QUICK)) {
      rig.adyen.faults().next(Fault.reset().at(Moment.RECEIVED));
      String doubt = lost(Payments.send(Payments.adyen(rig.url("adyen"), "hand-1")));
      Admin admin = Admin.of(rig.data);
      String path = "/api/in-doubt/" + doubt + "/resolve";

      assertThat(admin.post(path, "{\"money\":\"not_taken\"}").statusCode()).isEqualTo(400);
      assertThat(admin.post(path, "{\"reason\":\"x\",\"who\":\"ada\"}").statusCode())
          .isEqualTo(400);
      HttpResponse<String> said =
          admin.post(
              path,
              "{\"money\":\"not_taken\",\"reason\":\"card 4111111111111111 shows nothing\","
                  + "\"who\":\"ada\"}");

      assertThat(said.statusCode()).isEqualTo(200);
      Resolution resolution = resolved(rig, doubt);
      assertThat(resolution.money()).isEqualTo(Money.REJECTED);
      assertThat(resolution.by()).isEqualTo(Resolution.By.HAND);
      assertThat(resolution.who()).hasValue("ada");
      assertThat(resolution.reason()).contains("shows nothing").doesNotContain("4111111111111111");
      assertThat(inDoubt(rig).path("doubts")).isEmpty();
      assertThat(rig.adyen.book().requests()).hasSize(1);
      rig.restart();
      assertThat(shown(rig, doubt).resolution()).hasValue(resolution);
      assertThat(rig.sidecar().reader().countInDoubt()).isZero();
    }
  }

  @Test
  void whatIsSettledCantBeResolved() {
    try (MoneyRig rig = MoneyRig.start(folder, QUICK)) {
      String paid = Payments.exchange(Payments.send(Payments.adyen(rig.url("adyen"), "paid-1")));
      assertThat(
              Admin.of(rig.data)
                  .post(
                      "/api/in-doubt/" + paid + "/resolve",
                      "{\"money\":\"not_taken\",\"reason\":\"x\",\"who\":\"ada\"}")
                  .statusCode())
          .isEqualTo(409);
    }
  }
}
