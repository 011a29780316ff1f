package io.tollwatch.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.taxonomy.Money;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More payments in doubt than the register holds: the others come in from the ledger as these are
/// resolved, and nothing that is resolved comes in again.
class BeyondTest {

  private static final int MAX = 10;
  private static final int ALL = 25;

  @TempDir private Path folder;
  private Store store;
  private DoubtRig rig;
  private long fed;

  @BeforeEach
  void open() throws SQLException {
    store = Store.embedded(folder);
    List<Exchange> lost =
        IntStream.range(0, ALL)
            .mapToObj(i -> new Exchange(Samples.pay(i), Optional.of(Samples.lost(i))))
            .toList();
    feed(lost, List.of());
    rig = new DoubtRig("stripe", MAX);
  }

  @AfterEach
  void close() {
    rig.close();
    store.close();
  }

  private void feed(List<Exchange> exchanges, List<Resolution> resolutions) throws SQLException {
    store.feed(
        new Batch(
            new UUID(1, 2),
            exchanges,
            List.of(),
            resolutions,
            List.of(),
            new Batch.Position(1, ++fed)));
  }

  @Test
  void comeInAsOthersAreResolved() throws SQLException {
    Rebuilding rebuilding = rig.doubts.rebuild();
    rebuilding.replayed();
    ExchangeReader reader = store.reader();
    rebuilding.fill(reader);
    assertThat(rig.doubts.list()).hasSize(MAX);
    assertThat(rig.doubts.beyond()).isEqualTo(ALL - MAX);
    assertThat(rig.doubts.mayTakeMore()).isFalse();

    int told = 0;
    int rounds = 0;
    while (!rig.doubts.list().isEmpty() && rounds++ < ALL) {
      rig.doubts.list().stream()
          .limit(4)
          .forEach(each ->
              rig.doubts.resolveByHand(
                  each.exchange(), each.provider(), Money.REJECTED, "seen", "me"));
      feed(List.of(), rig.resolutions.subList(told, rig.resolutions.size()));
      told = rig.resolutions.size();
      if (rig.doubts.mayTakeMore()) {
        rebuilding.fill(reader);
      }
    }

    assertThat(rig.resolutions)
        .extracting(Resolution::exchange)
        .doesNotHaveDuplicates()
        .hasSize(ALL);
    assertThat(rig.doubts.beyond()).isZero();
  }

  @Test
  void whatTheStoreHasNotHeardOfYetDoesNotComeInAgain() {
    Rebuilding rebuilding = rig.doubts.rebuild();
    rebuilding.fill(store.reader());
    String first = rig.doubts.list().getFirst().exchange();
    rig.doubts.resolveByHand(first, "stripe", Money.REJECTED, "seen", "me");

    rebuilding.fill(store.reader());
    assertThat(rig.doubts.find(first)).isEmpty();
    assertThat(rig.doubts.list()).hasSize(MAX);
  }
}
