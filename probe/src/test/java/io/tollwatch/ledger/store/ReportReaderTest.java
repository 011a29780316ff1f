package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch.Position;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.timing.Phase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Reports over five calls: a yes, a no, one lost, one that the provider spoilt, one that runs. The
/// first lies before the window.
@ParameterizedClass
@EnumSource
class ReportReaderTest {

  private static final TimeWindow WINDOW =
      TimeWindow.of(Samples.startedAt(1), Duration.ofSeconds(4));

  private final StoreKind kind;

  @SuppressWarnings("NullAway.Init")
  private Store store;

  ReportReaderTest(StoreKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void fill(@TempDir Path temp) throws SQLException {
    store = kind.place(temp).store();
    List<Exchange> exchanges =
        List.of(
            new Exchange(Samples.pay(0), Optional.of(Samples.lost(0))),
            new Exchange(Samples.pay(1), Optional.of(Samples.declined(1, "no_funds"))),
            new Exchange(Samples.pay(2), Optional.of(Samples.lost(2))),
            new Exchange(
                Samples.intent(3, "adyen", Operation.PAY, ""),
                Optional.of(
                    Samples.answered(
                        3, Category.PROVIDER_ERROR, Fault.PROVIDER, Optional.empty(), ""))),
            new Exchange(Samples.pay(4), Optional.empty()));
    store.feed(new Batch(new UUID(1, 2), exchanges, List.of(), new Position(0, 0)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void listsFailuresOfTheWindowNewestFirst() {
    assertThat(store.reports().failures(WINDOW, 10))
        .extracting(Exchange::id)
        .containsExactly(Samples.id(3), Samples.id(2));
    assertThat(store.reports().failures(WINDOW, 1)).hasSize(1);
  }

  @Test
  void declinesCountAsAvailable() {
    List<Availability> all = store.reports().availability(WINDOW);

    assertThat(all)
        .containsExactly(
            new Availability("adyen", 1, 0, 1, 1, 1), new Availability("stripe", 2, 1, 0, 1, 1));
    assertThat(all.get(1).share()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void measuresOnlyThePhasesThatHappened() {
    List<Latency> stripe =
        store.reports().latencies(WINDOW).stream()
            .filter(line -> line.provider().equals("stripe"))
            .toList();

    assertThat(stripe)
        .extracting(Latency::phase)
        .containsExactly(
            Optional.empty(),
            Optional.of(Phase.CONNECT),
            Optional.of(Phase.SEND),
            Optional.of(Phase.WAIT),
            Optional.of(Phase.CLIENT));
    assertThat(stripe).allMatch(line -> line.count() == 2);
    assertThat(stripe.get(3).p50()).isEqualTo(Duration.of(81, ChronoUnit.MICROS));
    assertThat(stripe.getFirst().max()).isEqualTo(Duration.of(100, ChronoUnit.MICROS));
  }
}
