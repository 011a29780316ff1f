package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands whose sidecar does not run any more, and whose store is a PostgreSQL server.
class LeftPostgresTest {

  private static final String OWN =
      """
      name: stripe
      extends: stripe
      version: 7
      errors:
        - at: $.error.code
          rules: {card_declined: {category: fraud_block, fault: fraud}}
      """;

  @TempDir private Path folder;

  @Test
  void readTheStoreThatTheConfigurationNames() throws Exception {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder().setDataDirectory(folder.resolve("pg")).start()) {
      String id = paid(server.getPort());
      String file = folder.resolve("tollwatch.yaml").toString();

      assertThat(Ran.command("exchanges", "-c", file).out()).contains("stripe", "decline");
      assertThat(Ran.command("exchanges", id, "-c", file).out()).contains(id);
      Path own = Files.writeString(folder.resolve("own.yaml"), OWN);
      Ran written =
          Ran.command(
              "rejudge", "--since", "1h", "-c", file, "--profile", own.toString(), "--write");
      assertThat(written.out()).contains("kept beside the old verdicts: 1;");
      assertThat(Ran.command("exchanges", id, "-c", file).out())
          .contains("judged again", "with stripe@7", "fraud_block");
      try (var connection = server.getPostgresDatabase().getConnection();
          var statement = connection.createStatement();
          var rows = statement.executeQuery("select count(*) from rejudgement")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
      assertThat(folder.resolve("data").resolve("ledger.mv.db")).doesNotExist();
    }
  }

  private String paid(int port) throws Exception {
    String ledger =
        """
        ledger: {url: "jdbc:postgresql://localhost:%d/postgres", user: postgres}
        """
            .formatted(port);
    try (RunningSidecar running = new RunningSidecar(folder, ledger)) {
      running.pay("stripe", "pm_card_visa", "order-1"); // the first of all takes its time
      return running.pay("stripe", "pm_card_chargeDeclined", "order-2");
    }
  }
}
