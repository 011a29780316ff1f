package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.store.ExchangeQuery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A check that is written from recorded exchanges can be run as it stands.
class ChecksRecordCommandTest {

  private static final String KEY = "sk_test_recorded0815";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  /// @return the answer's id
  private String call(RunningSidecar rig, String method, String path, String form)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(rig.sidecar.egress() + "/stripe" + path))
            .header("Authorization", "Bearer " + KEY)
            .method(method, BodyPublishers.ofString(form));
    if (!form.isEmpty()) {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .header("Idempotency-Key", "key-of-" + path.length());
    }
    String body = client.send(request.build(), BodyHandlers.ofString()).body();
    return JsonMapper.shared().readTree(body).path("id").asString();
  }

  private String pay(RunningSidecar rig) throws Exception {
    return call(
        rig,
        "POST",
        "/v1/payment_intents",
        "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa&metadata[order_id]=order-77");
  }

  private List<String> ids(RunningSidecar rig) throws InterruptedException {
    assertThat(rig.sidecar.flush(Duration.ofSeconds(10))).isTrue();
    return rig.sidecar.reader().find(ExchangeQuery.of().limit(10)).reversed().stream()
        .map(Exchange::id)
        .toList();
  }

  private Ran record(RunningSidecar rig, List<String> ids) {
    return Ran.command(
        "checks",
        "record",
        "--provider",
        "stripe",
        "--name",
        "from-life",
        "--exchange",
        String.join(",", ids),
        "-c",
        folder.resolve("tollwatch.yaml").toString(),
        "--data",
        rig.data.toString());
  }

  @Test
  void aRecordedCheckRunsAsItStands() throws Exception {
    try (RunningSidecar rig = new RunningSidecar(folder)) {
      String intent = pay(rig);
      call(rig, "GET", "/v1/payment_intents/" + intent, "");
      call(rig, "POST", "/v1/refunds", "payment_intent=" + intent);

      Ran ran = record(rig, ids(rig));

      assertThat(ran.code()).as("%s", ran).isZero();
      assertThat(ran.out())
          .contains("pay-id: $.id", "{{key}}", "{{reference}}", "undoes:", "repeats: pay")
          .doesNotContain(KEY)
          .doesNotContain(intent)
          .doesNotContain("order-77");
      assertThat(ran.err()).contains("set STRIPE_AUTHORIZATION");
      runs(rig, ran.out());
    }
  }

  /// With a secret in a file, since a test has no environment of its own.
  private void runs(RunningSidecar rig, String yaml) throws Exception {
    Path key = Files.writeString(folder.resolve("key"), "Bearer " + KEY);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path script =
        Files.writeString(
            folder.resolve("checks.yaml"),
            yaml.replace("env: STRIPE_AUTHORIZATION", "file: \"" + key + "\""));
    int before = rig.stripe.book().charges().size();
    Ran probe =
        Ran.command(
            "probe",
            script.toString(),
            "-c",
            folder.resolve("tollwatch.yaml").toString(),
            "--data",
            folder.resolve("probed").toString());
    assertThat(probe.code()).as("%s", probe).isZero();
    assertThat(rig.stripe.book().charges()).hasSize(before + 1);
    assertThat(rig.stripe.book().refunds()).hasSize(before + 1);
  }

  @Test
  void tellsThatNothingGivesTheMoneyBack() throws Exception {
    try (RunningSidecar rig = new RunningSidecar(folder)) {
      pay(rig);
      Ran ran = record(rig, ids(rig));
      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.err())
          .contains("nothing of these gives the money of pay back")
          .contains("nothing under always gives it back");
      assertThat(Ran.command("checks", "record", "--provider", "none", "--exchange", "x").err())
          .contains("there is no provider none");
    }
  }
}
