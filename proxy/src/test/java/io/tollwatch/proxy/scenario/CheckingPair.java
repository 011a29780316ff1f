package io.tollwatch.proxy.scenario;

import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.ConfigReader;
import io.tollwatch.proxy.config.ConfigReading;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two sidecars with one PostgreSQL in front of one fake gateway, of which only the first runs
/// checks, and only when it is told to. Confined to one test.
final class CheckingPair implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "STRIPE_TEST_KEY", MoneyRig.Secrets.CHECK,
          "DB_PASSWORD", "postgres",
          "WEBHOOK_SECRET", MoneyRig.Secrets.WEBHOOK);

  final FakeStripe stripe = FakeStripe.start();
  final Sidecar one;
  final Sidecar two;
  private final Path folder;
  private final EmbeddedPostgres server;

  /// @param script the file of the check
  /// @param top more lines of the configuration's top level
  /// @param provider more settings of the provider
  CheckingPair(Path folder, String script, String top, String provider) {
    this.folder = folder;
    try {
      this.server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      Files.createDirectories(folder.resolve("one"));
      Files.writeString(folder.resolve("one/checks.yaml"), script);
      this.one = start("one", top + "checks: {files: [checks.yaml]}\n", provider);
      this.two = start("two", top, provider);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Sidecar start(String name, String top, String provider) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        own.resolve("tollwatch.yaml"),
        """
        data: "%s"
        egress: {port: 0}
        admin: {port: 0}
        drain: 1s
        ledger: {url: "jdbc:postgresql://127.0.0.1:%d/postgres", user: postgres, password: {env: DB_PASSWORD}}
        reconcile: {enabled: false}
        %sproviders:
          stripe: {url: "%s", response-timeout: 5s%s}
        """
            .formatted(own.resolve("data"), server.getPort(), top, stripe.url(), provider));
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

  Admin first() {
    return Admin.of(folder.resolve("one/data"));
  }

  Admin second() {
    return Admin.of(folder.resolve("two/data"));
  }

  /// Has the check run.
  ///
  /// @param runs how many there were then
  /// @param meanwhile what happens before it is over
  /// @return how it stands
  JsonNode run(String check, int runs, Runnable meanwhile) {
    Admin admin = first();
    Eventually.holds(
        "it is to run",
        () ->
            admin
                    .post("/api/checks/run", "{\"check\":\"%s\",\"who\":\"me\"}".formatted(check))
                    .statusCode()
                == 200);
    meanwhile.run();
    Eventually.holds("it has run", () -> check(admin).path("runs").asInt() >= runs);
    return check(admin);
  }

  private static JsonNode check(Admin admin) {
    return JSON.readTree(admin.get("/api/checks").body()).path("checks").path(0);
  }

  @Override
  public void close() throws IOException {
    one.close();
    two.close();
    stripe.close();
    server.close();
  }
}
