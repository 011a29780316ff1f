package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch.Position;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is not there, lets nobody in, or goes and comes back: each is an exception to who
/// asks, and is over when it is over.
class PostgresTroubleTest {

  private static final UUID JOURNAL = new UUID(1, 2);

  private static Batch batch(int number) {
    return new Batch(
        JOURNAL,
        List.of(new Exchange(Samples.pay(number), Optional.empty())),
        List.of(),
        new Position(0, number));
  }

  @Test
  void aServerThatIsAwayComesBack(@TempDir Path temp) throws Exception {
    int port = freePort();
    try (Store store = Store.postgres(StoreKind.url(port, "postgres"), StoreKind.LOGIN)) {
      assertThatThrownBy(() -> store.feed(batch(1))).isInstanceOf(SQLException.class);
      try (EmbeddedPostgres ignored = server(port, temp)) {
        store.feed(batch(1));
      }
      assertThatThrownBy(() -> store.feed(batch(2))).isInstanceOf(SQLException.class);
      try (EmbeddedPostgres ignored = server(port, temp)) {
        store.feed(batch(2));

        assertThat(store.reader().find(ExchangeQuery.of())).hasSize(2);
        assertThat(store.position(JOURNAL)).contains(new Position(0, 2));
      }
    }
  }

  private static EmbeddedPostgres server(int port, Path folder) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(folder.resolve("data"))
        .setCleanDataDirectory(false)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aRefusedLoginIsSaidAtOnce(@TempDir Path temp) throws SQLException {
    StoreKind.Place place = StoreKind.POSTGRES.place(temp);
    place.run("drop role if exists barred");
    place.run("create role barred nologin");
    PostgresUrl url = ((PostgresServer) place.database()).url();

    try (Store store = Store.postgres(url, Optional.of(new Credentials("barred", "s3cret")))) {
      assertThatThrownBy(() -> store.feed(batch(1)))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("barred")
          .hasMessageNotContaining("s3cret");
    }
  }
}
