package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.gateway.FakeStripe;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Two sidecars with one PostgreSQL. The first runs a check that waits for a webhook; that comes in
/// at the second, as behind a load balancer: at the provider's address, and at the run's own.
class SharedWebhooksTest {

  private static final Pattern HOOK = Pattern.compile("/hooks/twh[a-z]{32}");
  private static final String SAYS = "$.data.object.metadata.order_id: \"{{reference}}\"";

  @TempDir private Path folder;

  @Test
  void aCheckHearsWhatTheGatewayTellsAnotherSidecar() throws IOException {
    String script =
        WebhookTest.script(SAYS, "15s")
            .replace("    steps:", "    schedule: {every: 7d, re-check: 7d}\n    steps:");
    try (CheckingPair pair =
        new CheckingPair(
            folder,
            script,
            "webhooks: {port: 0, public-url: \"http://127.0.0.1:9\"}\n",
            ", webhook-secret: {env: WEBHOOK_SECRET}")) {
      assertThat(pair.one.webhooks()).isPresent();

      assertThat(ran(pair, 1, "/hooks/stripe")).isEqualTo("up");
      assertThat(ran(pair, 2, "")).isEqualTo("up");
      assertThat(pair.stripe.book().refunds()).hasSize(2);
      String strange = "/hooks/twh" + "b".repeat(32);
      URI listener = pair.two.webhooks().orElseThrow();
      assertThat(Payments.send(WebhookTest.call(listener, strange, "{}")).statusCode())
          .as("not signed")
          .isEqualTo(404);
    }
  }

  /// Has the check run, and the gateway call the other sidecar meanwhile.
  ///
  /// @param path where it calls; empty for the address that the check gave it
  /// @return how the check stands
  private static String ran(CheckingPair pair, int runs, String path) {
    JsonNode check = pair.run("told", runs, () -> tell(pair, runs, path));
    assertThat(check.path("last_run").path("reason").asString("")).isEmpty();
    return check.path("state").asString();
  }

  private static void tell(CheckingPair pair, int runs, String path) {
    Eventually.holds("it paid", () -> pair.stripe.book().charges().size() == runs);
    String reference = pair.stripe.book().charges().getLast().reference();
    String called = path.isEmpty() ? asked(pair.stripe) : path;
    URI listener = pair.two.webhooks().orElseThrow();
    assertThat(
            Payments.send(WebhookTest.signed(listener, called, WebhookTest.event(reference)))
                .statusCode())
        .isEqualTo(200);
  }

  /// Where the newest run asked the gateway to call.
  private static String asked(FakeStripe stripe) {
    return stripe.book().requests().reversed().stream()
        .map(request -> URLDecoder.decode(request.body().text(), StandardCharsets.UTF_8))
        .flatMap(body -> HOOK.matcher(body).results().map(MatchResult::group))
        .findFirst()
        .orElseThrow();
  }
}
