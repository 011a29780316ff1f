package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P4 and the store: a PostgreSQL server that is not there, refuses the password, is stopped and
/// started, is stuck, or has a newer schema. Payments go on, the status says what is wrong, and
/// what was recorded meanwhile is in the store once it can be.
class StoreTroubleTest {

  private static final int PAYMENTS = 20;

  @TempDir private Path folder;

  @Test
  void whileTheServerIsDownPaymentsGoOnAndAreCaughtUpWith() throws Exception {
    Path files = folder.resolve("pg");
    int port;
    try (EmbeddedPostgres server = server(files, 0)) {
      port = server.getPort();
    }
    try (MoneyRig rig = rig(port, "postgres")) {
      pay(rig, "down");
      Eventually.holds(
          "the trouble is told",
          () -> status(rig).contains("\"degraded\":\"the store takes nothing"));
      assertThat(Admin.of(rig.data).get("/health/ready").body())
          .startsWith("ready, but degraded: the store takes nothing");

      try (EmbeddedPostgres _ = server(files, port)) {
        assertThat(recorded(rig)).hasSize(PAYMENTS);
        pay(rig, "up");
        assertThat(recorded(rig)).hasSize(2 * PAYMENTS);
        assertThat(status(rig)).contains("\"degraded\":\"\"");
      }
      pay(rig, "down-again");
      try (EmbeddedPostgres _ = server(files, port)) {
        assertThat(recorded(rig)).hasSize(3 * PAYMENTS);
      }
    }
  }

  @Test
  void aServerThatRefusesThePasswordIsNoReasonNotToStart() throws Exception {
    try (EmbeddedPostgres server = server(folder.resolve("pg"), 0);
        Connection admin = server.getPostgresDatabase().getConnection();
        Statement statement = admin.createStatement()) {
      statement.execute("create role tollwatch login password 'right' superuser");
      Path rules = folder.resolve("pg").resolve("pg_hba.conf");
      Files.writeString(
          rules, "host all tollwatch 127.0.0.1/32 scram-sha-256\n" + Files.readString(rules));
      statement.execute("select pg_reload_conf()");
      try (MoneyRig rig = rig(server.getPort(), "tollwatch")) {
        pay(rig, "refused");
        Eventually.holds("the trouble is told", () -> status(rig).contains("password"));
        assertThat(status(rig))
            .contains("\"degraded\":\"the store takes nothing")
            .doesNotContain("a-wrong-password");
      }
    }
  }

  @Test
  void aStuckServerHoldsUpNoPayment() throws Exception {
    try (EmbeddedPostgres server = server(folder.resolve("pg"), 0);
        MoneyRig rig = rig(server.getPort(), "postgres")) {
      pay(rig, "before");
      assertThat(recorded(rig)).hasSize(PAYMENTS);
      try (Connection other = server.getPostgresDatabase().getConnection();
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute("lock table exchange in access exclusive mode");
        pay(rig, "stuck");
        other.rollback();
      }
      assertThat(recorded(rig)).hasSize(2 * PAYMENTS);
    }
  }

  @Test
  void aNewerSchemaIsNotTouchedAndPaymentsGoOn() throws Exception {
    try (EmbeddedPostgres server = server(folder.resolve("pg"), 0)) {
      try (MoneyRig rig = rig(server.getPort(), "postgres")) {
        pay(rig, "older");
        assertThat(recorded(rig)).hasSize(PAYMENTS);
      }
      try (Connection other = server.getPostgresDatabase().getConnection();
          Statement statement = other.createStatement()) {
        statement.execute(
            """
            insert into tollwatch_schema_history (installed_rank, version, description, type,
              script, installed_by, execution_time, success)
            values (99, '99', 'of the future', 'SQL', 'V99__Of_the_future.sql', 'x', 1, true)
            """);
      }
      try (MoneyRig rig = rig(server.getPort(), "postgres")) {
        pay(rig, "newer");
        Eventually.holds("the trouble is told", () -> status(rig).contains("newer"));
      }
      try (Connection other = server.getPostgresDatabase().getConnection();
          Statement statement = other.createStatement();
          var rows = statement.executeQuery("select count(*) from exchange")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(PAYMENTS);
      }
    }
  }

  private static void pay(MoneyRig rig, String name) {
    for (int i = 0; i < PAYMENTS; i++) {
      String key = name + "-" + i;
      HttpResponse<String> answer = Payments.send(Payments.stripe(rig.url("stripe"), key));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(Payments.money(answer)).isEqualTo("succeeded");
      assertThat(rig.stripe.book().charges(key)).hasSize(1);
    }
  }

  private static List<Exchange> recorded(MoneyRig rig) {
    Eventually.holds("the store has all", () -> flushed(rig));
    return rig.exchanges();
  }

  private static boolean flushed(MoneyRig rig) {
    try {
      return rig.sidecar().flush(MoneyRig.LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String status(MoneyRig rig) {
    return Admin.of(rig.data).get("/api/status").body();
  }

  private MoneyRig rig(int port, String user) throws IOException {
    Path password = folder.resolve("password");
    if (Files.notExists(password)) {
      Files.createFile(
          password,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(
        password,
        user.equals("postgres") ? "postgres" : "a-wrong-password",
        StandardCharsets.UTF_8);
    String ledger =
        "ledger: {url: \"jdbc:postgresql://127.0.0.1:%d/postgres?connectTimeout=2\", user: %s, password: {file: %s}}"
            .formatted(port, user, password);
    return MoneyRig.start(folder.resolve("rig"), ledger, "response-timeout: 30s");
  }

  private static EmbeddedPostgres server(Path files, int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder().setDataDirectory(files).setCleanDataDirectory(false);
    return port == 0 ? builder.start() : builder.setPort(port).start();
  }
}
