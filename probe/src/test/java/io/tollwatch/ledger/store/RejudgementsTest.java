package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Rejudgement;
import io.tollwatch.ledger.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// P6: verdicts of judging again stand beside the old ones, in either database, and change nothing
/// else.
@ParameterizedClass
@EnumSource
class RejudgementsTest {

  private final StoreKind kind;

  @TempDir private Path temp;

  @SuppressWarnings("NullAway.Init")
  private Store store;

  RejudgementsTest(StoreKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void feed() throws Exception {
    store = kind.place(temp).store();
    Exchange doubtful = new Exchange(Samples.pay(1), Optional.of(Samples.lost(1)));
    Exchange declined = new Exchange(Samples.pay(2), Optional.of(Samples.declined(2, "no_funds")));
    store.feed(
        new Batch(
            new UUID(1, 2), List.of(doubtful, declined), List.of(), new Batch.Position(0, 0)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Rejudgement again(int exchange, int second, Outcome says) {
    return new Rejudgement(
        Samples.pay(exchange).id(), Samples.startedAt(100 + second), "somebody", says.verdict());
  }

  @Test
  void areKeptInOrderAndOnlyIfTheySaySomethingNew() {
    Rejudgement first = again(1, 1, Samples.declined(1, "a"));
    Rejudgement same = again(1, 2, Samples.declined(1, "a"));
    Rejudgement other = again(1, 3, Samples.declined(1, "b"));
    assertThat(store.keep(List.of(first))).isEqualTo(1);
    assertThat(store.keep(List.of(same, other))).isEqualTo(1);
    assertThat(store.reader().rejudgements(first.exchange())).containsExactly(first, other);
    assertThat(store.reader().rejudgements(Samples.pay(2).id())).isEmpty();
    assertThat(store.reader().rejudgements("nonsense")).isEmpty();
  }

  @Test
  void thoseOfAnExchangeThatIsNotThereArePassedOver() {
    assertThat(store.keep(List.of(again(7, 1, Samples.declined(7, "a"))))).isZero();
    assertThat(store.keep(List.of())).isZero();
  }

  @Test
  void settleNoDoubtAndGoWithTheirExchange() {
    Exchange before = store.reader().byId(Samples.pay(1).id()).orElseThrow();
    store.keep(
        List.of(again(1, 1, Samples.declined(1, "a")), again(2, 1, Samples.declined(2, "b"))));
    assertThat(store.reader().countInDoubt()).isEqualTo(1);
    assertThat(store.reader().byId(before.id())).contains(before);
    assertThat(store.retention().deleteOlderThan(Samples.startedAt(1_000))).isEqualTo(1);
    assertThat(store.reader().rejudgements(before.id())).hasSize(1);
    assertThat(store.reader().rejudgements(Samples.pay(2).id())).isEmpty();
  }
}
