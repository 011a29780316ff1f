package io.tollwatch.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A capture or refund whose payment only the store knows goes to the provider that took it.
class StoredTakersTest {

  private static final Channel CHANNEL =
      new Channel(
          "card",
          List.of("stripe", "stripe-eu"),
          new Strategy.Ordered(),
          Duration.ofSeconds(60),
          2,
          0.2,
          false,
          false,
          Channel.SameReference.REFUSE);

  @TempDir private Path folder;
  private Store store;

  @BeforeEach
  void open() throws SQLException {
    store = Store.embedded(folder);
    store.feed(
        new Batch(
            new UUID(1, 2),
            List.of(
                new Exchange(
                    Samples.intent(1, "stripe-eu", Operation.PAY, "{}"),
                    Optional.of(
                        Samples.answered(
                            1,
                            Category.SUCCEEDED,
                            Fault.NONE,
                            Optional.empty(),
                            "{\"id\":\"pi_123456\",\"status\":\"succeeded\"}"))),
                new Exchange(
                    Samples.intent(2, "stripe", Operation.PAY, "{}"),
                    Optional.of(Samples.declined(2, "card_declined")))),
            List.of(),
            new Batch.Position(1, 2)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Optional<String> taker(Optional<String> payment, Optional<String> reference) {
    return new StoredTakers(store::reader).taker(new Takers.Named(CHANNEL, payment, reference));
  }

  @Test
  void isFoundByTheGatewaysIdAndNotByAPartOfIt() {
    assertThat(taker(Optional.of("pi_123456"), Optional.empty())).hasValue("stripe-eu");
    assertThat(taker(Optional.of("pi_12345"), Optional.empty())).isEmpty();
    assertThat(taker(Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void isFoundByTheReferenceOfWhatWasTaken() {
    Optional<String> taken =
        Samples.intent(1, "stripe-eu", Operation.PAY, "{}").correlation().reference();
    Optional<String> declined =
        Samples.intent(2, "stripe", Operation.PAY, "{}").correlation().reference();
    assertThat(taker(Optional.empty(), taken)).hasValue("stripe-eu");
    assertThat(taker(Optional.empty(), declined)).as("it took nothing").isEmpty();
  }

  @Test
  void aStoreInTroubleKnowsNothing() {
    StoredTakers takers =
        new StoredTakers(() -> {
          throw new UncheckedIOException(new IOException("down"));
        });
    assertThat(takers.taker(new Takers.Named(CHANNEL, Optional.of("pi_1"), Optional.empty())))
        .isEmpty();
  }
}
