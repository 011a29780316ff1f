package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// P1 across two sidecars, `one` and `two`, that serve a channel together and share a PostgreSQL
/// database: what stands at one of them stays at its provider at the other too. Where a test takes
/// `shared: false`, the same happens without claims, to show that they are what prevents it.
class SharedClaimsTest {

  private static final int PAYMENTS = 20;
  private static EmbeddedPostgres server;

  /// The database of the test that runs.
  private static String database;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "false, 1"})
  void callsAtTheSameTimeEndAtOneProvider(boolean shared, int atLeastTwice) {
    try (SidecarPair pair = pair("strategy: weighted, shared: " + shared).ready()) {
      List<String> keys = IntStream.range(0, PAYMENTS).mapToObj(i -> "same-" + i).toList();
      for (String key : keys) {
        CompletableFuture<HttpResponse<String>> first =
            Payments.sendAsync(SidecarPair.pay(pair.one, key));
        CompletableFuture<HttpResponse<String>> second =
            Payments.sendAsync(SidecarPair.pay(pair.two, key));
        CompletableFuture.allOf(first, second).join();
      }
      assertThat(keys).allSatisfy(key -> assertThat(pair.taken(key)).isPositive());
      assertThat(keys.stream().filter(key -> pair.taken(key) == 2).count())
          .as("payments taken twice")
          .isBetween((long) atLeastTwice, atLeastTwice * (long) PAYMENTS);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "false, 2"})
  void whatIsInDoubtAtOneStaysThereAtTheOther(boolean shared, int taken) {
    try (SidecarPair pair = pair("shared: " + shared).ready()) {
      pair.a.faults().next(Fault.stall().at(Moment.ANSWERED));
      HttpResponse<String> lost = pair.send(pair.one, "lost");
      assertThat(Payments.money(lost)).isEqualTo("in_doubt");
      pair.a.close();

      HttpResponse<String> again = pair.send(pair.two, "lost");
      assertThat(pair.taken("lost")).isEqualTo(taken);
      if (shared) {
        assertThat(again.statusCode()).isEqualTo(503);
        assertThat(ChannelRig.provider(again)).isEqualTo("a");
        assertThat(Payments.money(again)).as("of the payment").isEqualTo("in_doubt");
        assertThat(again.body()).contains(Payments.exchange(lost));
        assertThat(ChannelRig.provider(pair.send(pair.two, "another"))).isEqualTo("b");
      }
    }
  }

  /// Nothing is sent by it, and yet the payment may have been taken: where the other's claims can't
  /// be asked nobody knows.
  @Test
  void aSidecarWithoutAProviderTellsWhatStandsAtTheOther() throws Exception {
    try (SidecarPair pair = pair(SidecarPair.CLAIMS).ready()) {
      pair.a.faults().next(Fault.stall().at(Moment.ANSWERED));
      HttpResponse<String> lost = pair.send(pair.one, "elsewhere");
      assertThat(Payments.money(lost)).isEqualTo("in_doubt");
      for (String provider : List.of("a", "b")) {
        Admin.of(pair.folder.resolve("two/data"))
            .post(
                "/api/breakers/open",
                "{\"provider\":\"%s\",\"reason\":\"drill\",\"for\":\"1h\",\"who\":\"me\"}"
                    .formatted(provider));
      }
      HttpResponse<String> again = pair.send(pair.two, "elsewhere");
      assertThat(Payments.money(again)).as("of the payment").isEqualTo("in_doubt");
      assertThat(again.body()).contains(Payments.exchange(lost), "\"sent\":false");
      assertThat(Payments.money(pair.send(pair.two, "nobody's"))).isEqualTo("not_sent");

      down(true);
      assertThat(Payments.money(pair.send(pair.two, "unknown"))).isEqualTo("in_doubt");
      down(false);
    }
  }

  /// Also while it runs: its provider is the last that the other sidecar would choose.
  @Test
  void whatACallerSendsToAProviderByNameStandsThereAtOnceAtTheOther() throws Exception {
    try (SidecarPair pair = pair("strategy: weighted, weights: {b: 1000}, shared: true").ready()) {
      pair.a.faults().next(Fault.stall().at(Moment.ANSWERED));
      CompletableFuture<HttpResponse<String>> direct =
          Payments.sendAsync(SidecarPair.pay(pair.one.egress() + "/a", "named"));
      assertThat(pair.a.faults().awaitHeld(1, MoneyRig.LIMIT)).isTrue();

      HttpResponse<String> meanwhile = pair.send(pair.two, "named");
      assertThat(ChannelRig.provider(meanwhile)).isEqualTo("a");
      assertThat(pair.b.book().charges("named")).isEmpty();
      assertThat(Payments.money(direct.join())).isEqualTo("in_doubt");
    }
  }

  @Test
  void withTheDatabaseDownACallToAProviderByNameGoesThereAllTheSame() throws Exception {
    try (SidecarPair pair = pair(SidecarPair.CLAIMS).ready()) {
      down(true);
      HttpResponse<String> direct =
          Payments.send(SidecarPair.pay(pair.one.egress() + "/a", "named-down"));
      assertThat(direct.statusCode()).isEqualTo(200);
      down(false);
    }
  }

  @Test
  void aFailoverMovesTheClaim() {
    try (SidecarPair pair = pair(SidecarPair.CLAIMS).ready()) {
      pair.a.close();
      pair.b.faults().next(Fault.stall().at(Moment.ANSWERED));
      HttpResponse<String> lost = pair.send(pair.one, "moved");
      assertThat(ChannelRig.provider(lost)).isEqualTo("b");
      assertThat(Payments.money(lost)).isEqualTo("in_doubt");

      pair.b.faults().release();
      HttpResponse<String> again = pair.send(pair.two, "moved");
      assertThat(ChannelRig.provider(again)).isEqualTo("b");
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(pair.b.book().charges("moved")).hasSize(1);
    }
  }

  @Test
  void aReferenceThatStandsAtTheOtherIsRefusedUnderAnotherKey() {
    try (SidecarPair pair = pair(SidecarPair.CLAIMS).ready()) {
      HttpResponse<String> first = pair.send(pair.one, "paid");
      HttpResponse<String> second =
          Payments.send(
              Payments.form(
                      pair.two.egress() + "/card",
                      "amount=1000&currency=eur&confirm=true&payment_method_data[type]=card"
                          + "&payment_method_data[card][number]=4242424242424242"
                          + "&metadata[order_id]=order-paid")
                  .header("Idempotency-Key", "another-key"));
      assertThat(second.statusCode()).isEqualTo(409);
      assertThat(second.body()).contains("repeat-refused").contains(Payments.exchange(first));
      assertThat(pair.b.book().requests()).isEmpty();
    }
  }

  @Test
  void whatIsProvenNotTakenIsFreeAgain() {
    try (SidecarPair pair = pair(SidecarPair.CLAIMS).ready()) {
      pair.a.faults().next(Fault.stall().at(Moment.WORKING));
      HttpResponse<String> lost = pair.send(pair.one, "settled");
      Eventually.holds("what came before is settled", () -> inDoubt() == 1);
      Admin.of(pair.folder.resolve("one/data"))
          .post(
              "/api/in-doubt/" + Payments.exchange(lost) + "/resolve",
              "{\"money\":\"not_taken\",\"reason\":\"the gateway's support says so\",\"who\":\"me\"}");
      Eventually.holds("its claim is gone", () -> inDoubt() == 0);
      pair.a.close();

      assertThat(ChannelRig.provider(pair.send(pair.two, "settled"))).isEqualTo("b");
    }
  }

  @Test
  void afterOneIsKilledInFlightItsPaymentGoesNowhereElse() throws Exception {
    try (SidecarPair pair = pair(SidecarPair.CLAIMS).ready();
        ChildSidecar child =
            ChildSidecar.start(pair.configure("child", "JOIN", "60s"), SidecarPair.ENVIRONMENT)) {
      Eventually.holds(
          "the child takes payments",
          () ->
              Payments.send(SidecarPair.pay(child.url("card"), "warm-child")).statusCode() == 200);
      int before = pair.a.book().requests().size();
      pair.a.faults().next(Fault.stall().at(Moment.ANSWERED));
      var _ = Payments.sendAsync(SidecarPair.pay(child.url("card"), "killed"));
      assertThat(pair.a.book().awaitRequests(before + 1, MoneyRig.LIMIT)).isTrue();
      assertThat(pair.a.faults().awaitHeld(1, MoneyRig.LIMIT)).isTrue();
      child.kill();
      pair.a.close();

      HttpResponse<String> again = pair.send(pair.two, "killed");
      assertThat(again.statusCode()).isEqualTo(503);
      assertThat(ChannelRig.provider(again)).isEqualTo("a");
      assertThat(Payments.money(again)).isEqualTo("in_doubt");
      assertThat(pair.b.book().charges("killed")).isEmpty();
    }
  }

  @Test
  void withTheDatabaseDownPaymentsAreRefusedAndGoOnAfterwards() throws Exception {
    try (SidecarPair pair = pair(SidecarPair.CLAIMS).ready()) {
      int before = pair.a.book().requests().size();
      down(true);
      HttpResponse<String> refused = pair.send(pair.one, "down");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body())
          .contains("claim-unconfirmed", "\"sent\":false", "without-claims", "can't be asked");
      assertThat(Payments.money(refused)).as("nobody knows").isEqualTo("in_doubt");
      assertThat(pair.a.book().requests()).hasSize(before);

      down(false);
      Eventually.holds("payments go on", () -> pair.send(pair.one, "down").statusCode() == 200);
      assertThat(pair.a.book().charges("down")).hasSize(1);
    }
  }

  @Test
  void withTheDatabaseDownTheFirstProviderIsUsedWhereTheChannelSaysSo() throws Exception {
    try (SidecarPair pair =
        pair("strategy: weighted, weights: {a: 1, b: 1000}, shared: true, without-claims: first")
            .ready()) {
      down(true);
      HttpResponse<String> answer = pair.send(pair.one, "first");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(ChannelRig.provider(answer)).isEqualTo("a");

      pair.a.close();
      HttpResponse<String> unsent = pair.send(pair.one, "nowhere");
      assertThat(unsent.statusCode()).isEqualTo(503);
      assertThat(pair.b.book().charges("nowhere")).isEmpty();
      down(false);
    }
  }

  @Test
  void aDatabaseThatHangsHoldsPaymentsForSecondsOnly() throws Exception {
    try (SidecarPair pair = pair(SidecarPair.CLAIMS).ready();
        Connection other = connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table payment_claim in access exclusive mode");
      Instant begun = Instant.now();
      HttpResponse<String> refused = pair.send(pair.one, "hangs");
      assertThat(refused.body()).contains("claim-unconfirmed");
      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(6));
      other.rollback();

      Eventually.holds("payments go on", () -> pair.send(pair.two, "hangs").statusCode() == 200);
      assertThat(pair.taken("hangs")).isEqualTo(1);
    }
  }

  @Test
  void aSidecarWithAnotherJoinKeyTakesNoSharedPayments() {
    try (SidecarPair pair =
        new SidecarPair(folder, ledger(database()), SidecarPair.CLAIMS, "OTHER_JOIN")) {
      assertThat(pair.send(pair.one, "right").statusCode()).isEqualTo(200);
      HttpResponse<String> refused = pair.send(pair.two, "wrong");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("join-key");
    }
  }

  @Test
  void withoutASharedLedgerOnlyTheFirstProviderIsUsed() {
    try (SidecarPair pair =
        new SidecarPair(folder, "{}", "strategy: weighted, weights: {b: 1000}, shared: true")) {
      assertThat(ChannelRig.provider(pair.send(pair.one, "one"))).isEqualTo("a");
      pair.a.close();
      assertThat(pair.send(pair.one, "two").statusCode()).isEqualTo(503);
      assertThat(pair.b.book().requests()).isEmpty();
      assertThat(Admin.of(pair.folder.resolve("one/data")).get("/api/status").body())
          .contains("\"sharing\":\"first_only\"");
    }
  }

  private SidecarPair pair(String channel) {
    return new SidecarPair(folder, ledger(database()), channel);
  }

  private static String database() {
    database = "claims_" + Long.toUnsignedString(System.nanoTime());
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + database);
      return database;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String ledger(String name) {
    return "{url: \"jdbc:postgresql://127.0.0.1:%d/%s\", user: postgres, password: {env: DB_PASSWORD}}"
        .formatted(server.getPort(), name);
  }

  private static Connection connect() throws SQLException {
    return server.getDatabase("postgres", database).getConnection();
  }

  /// How many claims are in doubt.
  private static int inDoubt() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery("select count(*) from payment_claim where money = 'in_doubt'")) {
      rows.next();
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Takes the database away, connections that are open too, or gives it back.
  private static void down(boolean down) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter database " + database + " allow_connections " + !down);
      if (down) {
        statement.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                + database
                + "'");
      }
    }
  }
}
