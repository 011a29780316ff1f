package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.checks.script.ShippedChecks;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Two sidecars with one PostgreSQL, of which only the first runs checks: what it finds moves the
/// breakers of the other.
class SharedChecksTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, String> ENVIRONMENT =
      Map.of("STRIPE_TEST_KEY", "sk_test_ofTheChecks", "DB_PASSWORD", "postgres");

  @TempDir private Path folder;

  @Test
  void aBreakerIsTestedByTheCheckOfAnotherSidecar() throws IOException {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        FakeStripe stripe = FakeStripe.start();
        Sidecar one = start("one", server, stripe, "checks: {files: [checks.yaml]}");
        Sidecar two = start("two", server, stripe, "")) {
      Admin first = Admin.of(folder.resolve("one/data"));
      Admin second = Admin.of(folder.resolve("two/data"));
      Eventually.holds(
          "it is scheduled", () -> first.get("/api/checks").body().contains("stripe-pay"));
      run(first, 1);
      Eventually.holds("the other knows", () -> breaker(second).equals("closed"));
      for (int i = 0; i < 3; i++) {
        stripe.faults().next(Fault.status(503).at(Moment.RECEIVED));
        assertThat(pay(two, "bad-" + i)).isEqualTo(503);
      }
      Eventually.holds("it is half open", () -> breaker(second).equals("half_open"));
      assertThat(pay(two, "good")).isEqualTo(200);
      assertThat(breaker(second)).as("a check decides, though elsewhere").isEqualTo("half_open");

      run(first, 2);
      long ran = System.nanoTime();
      Eventually.holds("it has heard", () -> breaker(second).equals("ramping"));
      assertThat(Duration.ofNanos(System.nanoTime() - ran)).isLessThan(Duration.ofSeconds(2));
    }
  }

  /// Has the check run and waits for its end.
  private static void run(Admin admin, int runs) {
    Eventually.holds(
        "it is to run",
        () ->
            admin.post("/api/checks/run", "{\"check\":\"stripe-pay\",\"who\":\"me\"}").statusCode()
                == 200);
    Eventually.holds(
        "it has run",
        () ->
            JSON.readTree(admin.get("/api/checks").body())
                    .path("checks")
                    .path(0)
                    .path("runs")
                    .asInt()
                >= runs);
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

  private Sidecar start(String name, EmbeddedPostgres server, FakeStripe stripe, String checks)
      throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        own.resolve("checks.yaml"),
        ShippedChecks.text("stripe")
            .orElseThrow()
            .replace("provider: stripe-test", "provider: stripe")
            .replaceFirst("    steps:", "    schedule: {every: 1d, re-check: 1d}\n    steps:"));
    Files.writeString(
        own.resolve("tollwatch.yaml"),
        """
        data: "%s"
        egress: {port: 0}
        admin: {port: 0}
        drain: 1s
        ledger: {url: "jdbc:postgresql://127.0.0.1:%d/postgres", user: postgres, password: {env: DB_PASSWORD}}
        reconcile: {enabled: false}
        breakers: {open-time: 200ms, failures-in-a-row: 3}
        %s
        providers:
          stripe: {url: "%s", response-timeout: 5s}
        """
            .formatted(own.resolve("data"), server.getPort(), checks, stripe.url()));
    var reading =
        (ConfigReading.Valid) new ConfigReader(ENVIRONMENT).read(own.resolve("tollwatch.yaml"));
    var start =
        Sidecar.start(
            reading.configuration(),
            () -> new Sidecar.Reread.Wrong("not in this test"),
            SystemTime.real(),
            _ -> {});
    return ((Sidecar.Start.Running) start).sidecar();
  }
}
