package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.checks.script.ShippedChecks;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.proxy.Sidecar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Two sidecars with one PostgreSQL, of which only the first runs checks: what it finds moves the
/// breakers of the other.
class SharedChecksTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CHECK = "stripe-pay";

  @TempDir private Path folder;

  @Test
  void aBreakerIsTestedByTheCheckOfAnotherSidecar() throws IOException {
    String script =
        ShippedChecks.text("stripe")
            .orElseThrow()
            .replace("provider: stripe-test", "provider: stripe")
            .replaceFirst("    steps:", "    schedule: {every: 1d, re-check: 1d}\n    steps:");
    try (CheckingPair pair =
        new CheckingPair(
            folder, script, "breakers: {open-time: 200ms, failures-in-a-row: 3}\n", "")) {
      Admin second = pair.second();
      pair.run(CHECK, 1, () -> {});
      Eventually.holds("the other knows", () -> breaker(second).equals("closed"));
      for (int i = 0; i < 3; i++) {
        pair.stripe.faults().next(Fault.status(503).at(Moment.RECEIVED));
        assertThat(pay(pair.two, "bad-" + i)).isEqualTo(503);
      }
      Eventually.holds("it is half open", () -> breaker(second).equals("half_open"));
      assertThat(pay(pair.two, "good")).isEqualTo(200);
      assertThat(breaker(second)).as("a check decides, though elsewhere").isEqualTo("half_open");

      pair.run(CHECK, 2, () -> {});
      long ran = System.nanoTime();
      Eventually.holds("it has heard", () -> breaker(second).equals("ramping"));
      assertThat(Duration.ofNanos(System.nanoTime() - ran)).isLessThan(Duration.ofSeconds(2));
    }
  }

  private static int pay(Sidecar sidecar, String key) {
    return Payments.send(
            Payments.form(
                    sidecar.egress() + "/stripe",
                    "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa")
                .header("Idempotency-Key", key))
        .statusCode();
  }

  private static String breaker(Admin admin) {
    return JSON.readTree(admin.get("/api/breakers").body())
        .path("breakers")
        .valueStream()
        .filter(each -> each.path("operation").asString().equals("pay"))
        .filter(each -> each.path("rail").asString().isEmpty())
        .findFirst()
        .map(each -> each.path("state").asString())
        .orElse("");
  }
}
