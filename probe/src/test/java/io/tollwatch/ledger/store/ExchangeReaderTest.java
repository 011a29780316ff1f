package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.Progress;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.Samples;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Queries over a ledger of eight exchanges, number 7 still running:
///
/// | number | provider | operation | came to |
/// |---|---|---|---|
/// | 0 | stripe | pay | succeeded |
/// | 1 | stripe | pay | declined, `insufficient_funds` |
/// | 2 | stripe-eu | refund | lost, in doubt |
/// | 3 | stripe-eu | query | succeeded |
/// | 4 | adyen | pay | provider error, in doubt; body has `100%_Sure` |
/// | 5 | adyen | pay | succeeded; request body has `100x_sure` |
/// | 6 | adyen | void | succeeded |
/// | 7 | stripe | pay | |
@ParameterizedClass
@EnumSource
class ExchangeReaderTest {

  private static final UUID JOURNAL = new UUID(1, 2);
  private static final Map<StoreKind, Store> FILLED = new EnumMap<>(StoreKind.class);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private static Path temp;

  private final ExchangeReader reader;

  ExchangeReaderTest(StoreKind kind) {
    reader = FILLED.computeIfAbsent(kind, ExchangeReaderTest::filled).reader();
  }

  @AfterAll
  static void close() {
    FILLED.values().forEach(Store::close);
  }

  private static Store filled(StoreKind kind) {
    Store store = kind.place(temp).store();
    List<Exchange> exchanges =
        List.of(
            exchange(Samples.pay(0), Samples.succeeded(0)),
            exchange(Samples.pay(1), Samples.declined(1, "insufficient_funds")),
            exchange(Samples.intent(2, "stripe-eu", Operation.REFUND, ""), Samples.lost(2)),
            exchange(Samples.intent(3, "stripe-eu", Operation.QUERY, ""), Samples.succeeded(3)),
            exchange(
                Samples.intent(4, "adyen", Operation.PAY, ""),
                Samples.answered(
                    4, Category.PROVIDER_ERROR, Fault.PROVIDER, Optional.empty(), "100%_Sure!")),
            exchange(Samples.intent(5, "adyen", Operation.PAY, "100x_sure"), Samples.succeeded(5)),
            exchange(Samples.intent(6, "adyen", Operation.VOID, ""), Samples.succeeded(6)),
            new Exchange(Samples.pay(7), Optional.empty()));
    try {
      store.feed(new Batch(JOURNAL, exchanges, List.of(), new Batch.Position(0, 0)));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return store;
  }

  private static Exchange exchange(Intent intent, Outcome outcome) {
    return new Exchange(intent, Optional.of(outcome));
  }

  static Stream<Arguments> queries() {
    return Stream.of(
        arguments(ExchangeQuery.of(), List.of(7, 6, 5, 4, 3, 2, 1, 0)),
        arguments(ExchangeQuery.of().limit(2), List.of(7, 6)),
        arguments(ExchangeQuery.of().limit(2).before(Samples.id(6)), List.of(5, 4)),
        arguments(ExchangeQuery.of().before(Samples.id(0)), List.of()),
        arguments(ExchangeQuery.of().before(Samples.id(3).substring(0, 10)), List.of(2, 1, 0)),
        arguments(
            ExchangeQuery.of(
                new ExchangeFilter.From(Samples.startedAt(2)),
                new ExchangeFilter.Until(Samples.startedAt(4))),
            List.of(3, 2)),
        arguments(ExchangeQuery.of(new ExchangeFilter.ProviderIs("stripe")), List.of(7, 1, 0)),
        arguments(ExchangeQuery.of(new ExchangeFilter.ProviderIs("Stripe")), List.of()),
        arguments(ExchangeQuery.of(new ExchangeFilter.OperationIs(Operation.REFUND)), List.of(2)),
        arguments(ExchangeQuery.of(new ExchangeFilter.OriginIs(Origin.SYNTHETIC)), List.of()),
        arguments(
            ExchangeQuery.of(new ExchangeFilter.CategoryIs(Category.DECLINE_SOFT)), List.of(1)),
        arguments(ExchangeQuery.of(new ExchangeFilter.MoneyIs(Money.IN_DOUBT)), List.of(4, 2)),
        arguments(ExchangeQuery.of(new ExchangeFilter.ProgressIs(Progress.MAYBE_SENT)), List.of(2)),
        arguments(ExchangeQuery.of(new ExchangeFilter.Trace("%032x".formatted(4))), List.of(3)),
        arguments(
            ExchangeQuery.of(new ExchangeFilter.Trace("00-%032x-ffffffffffffffff-00".formatted(4))),
            List.of(3)),
        arguments(ExchangeQuery.of(new ExchangeFilter.Reference("order-5")), List.of(5)),
        arguments(ExchangeQuery.of(new ExchangeFilter.RequestId("caller-2")), List.of(2)),
        arguments(ExchangeQuery.of(new ExchangeFilter.RequestId("req_3")), List.of(3)),
        // 1 was declined, and a decline is an answer (P8)
        arguments(ExchangeQuery.of(new ExchangeFilter.Trouble()), List.of(4, 2)),
        arguments(
            ExchangeQuery.of(new ExchangeFilter.Trouble())
                .and(new ExchangeFilter.ProviderIs("stripe")),
            List.of()),
        arguments(ExchangeQuery.of(new ExchangeFilter.Text("/V1/THINGS/6")), List.of(6)),
        arguments(ExchangeQuery.of(new ExchangeFilter.Text("INSUFFICIENT")), List.of(1)),
        arguments(ExchangeQuery.of(new ExchangeFilter.Text("sorry")), List.of(1)),
        arguments(ExchangeQuery.of(new ExchangeFilter.Text("100%_sure")), List.of(4)),
        arguments(ExchangeQuery.of(new ExchangeFilter.Text("100x_SURE")), List.of(5)),
        arguments(ExchangeQuery.of(new ExchangeFilter.Text("sure!")), List.of(4)),
        arguments(ExchangeQuery.of(new ExchangeFilter.Text("started_at")), List.of()),
        arguments(ExchangeQuery.of(new ExchangeFilter.Text("' or 1=1 --")), List.of()));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void findsNewestFirst(ExchangeQuery query, List<Integer> expected) {
    assertThat(reader.find(query))
        .extracting(Exchange::id)
        .isEqualTo(expected.stream().map(Samples::id).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_001})
  void refusesALimitOutOfBounds(int limit) {
    assertThatThrownBy(() -> ExchangeQuery.of().limit(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(limit));
  }

  @Test
  void findsByIdInAnyCase() {
    assertThat(reader.byId(Samples.id(3)).map(Exchange::id)).contains(Samples.id(3));
    assertThat(reader.byId(Samples.id(3).toLowerCase(Locale.ROOT)).map(Exchange::id))
        .contains(Samples.id(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "01KJM7W", "01KJM7WZ", "01JQ%%%%%%", "01JQ0000000000000000000009", "ZZZZZZZZ"})
  void findsNothingByATooShortOrSharedOrUnknownId(String id) {
    assertThat(reader.byId(id)).isEmpty();
  }

  @Test
  void summarisesWhatHasEnded() {
    assertThat(reader.summary(Samples.startedAt(1)).lines())
        .containsExactlyInAnyOrder(
            new LedgerSummary.Line("stripe", Category.DECLINE_SOFT, Money.REJECTED, 1),
            new LedgerSummary.Line("stripe-eu", Category.ANSWER_LOST, Money.IN_DOUBT, 1),
            new LedgerSummary.Line("stripe-eu", Category.SUCCEEDED, Money.SUCCEEDED, 1),
            new LedgerSummary.Line("adyen", Category.PROVIDER_ERROR, Money.IN_DOUBT, 1),
            new LedgerSummary.Line("adyen", Category.SUCCEEDED, Money.SUCCEEDED, 2));
  }

  @Test
  void countsWhatIsInDoubtWheneverItStarted() {
    assertThat(reader.summary(Samples.startedAt(6)).inDoubt()).isEqualTo(2);
    assertThat(reader.countInDoubt()).isEqualTo(2);
    assertThat(reader.inDoubt(1)).extracting(Exchange::id).containsExactly(Samples.id(4));
  }
}
