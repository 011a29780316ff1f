package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch.Position;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Operation;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Three hours of calls, one in 20 seconds, of two journals. Whatever became of them, and in
/// whatever order it was told: what was counted is what there is.
@ParameterizedClass
@EnumSource
class CallCountsTest {

  private static final int STEP = 20;
  private static final int LAST = 3 * 3600;
  private static final UUID OURS = new UUID(1, 2);
  private static final UUID THEIRS = new UUID(1, 3);
  private static final Duration HOUR = Duration.ofHours(1);

  private final StoreKind kind;
  private final Random random = new Random(3);
  private int fed;

  @SuppressWarnings("NullAway.Init")
  private Store store;

  CallCountsTest(StoreKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void fill(@TempDir Path temp) throws SQLException {
    store = kind.place(temp).store();
    List<Exchange> ours = new ArrayList<>();
    List<Exchange> theirs = new ArrayList<>();
    for (int second = 0; second < LAST; second += STEP) {
      (second % 3 == 0 ? theirs : ours).add(begun(second));
    }
    feed(OURS, ours, List.of());
    feed(THEIRS, theirs, List.of());
  }

  private Exchange begun(int second) {
    boolean ended = random.nextInt(3) > 0;
    String provider = random.nextBoolean() ? "stripe" : "adyen";
    return new Exchange(
        Samples.intent(second, provider, Operation.PAY, ""),
        ended ? Optional.of(outcome(second)) : Optional.empty());
  }

  private Outcome outcome(int second) {
    return switch (random.nextInt(4)) {
      case 0 -> Samples.declined(second, "no_funds");
      case 1 -> Samples.lost(second);
      case 2 ->
          Samples.answered(second, Category.PROVIDER_ERROR, Fault.PROVIDER, Optional.empty(), "");
      default -> Samples.succeeded(second);
    };
  }

  private void feed(UUID journal, List<Exchange> exchanges, List<Outcome> outcomes)
      throws SQLException {
    store.feed(new Batch(journal, exchanges, outcomes, new Position(0, ++fed)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void areThoseOfTheFactsWhateverTheWindow() {
    expectTheSame();
  }

  @Test
  void moveWithAnOutcomeThatComesLater() throws SQLException {
    List<Outcome> later = new ArrayList<>();
    for (int second = 0; second < LAST; second += 2 * STEP) {
      later.add(outcome(second)); // of some it is known already, and stays
    }
    feed(OURS, List.of(), later);
    expectTheSame();

    assertThat(store.settleUnfinished(THEIRS, Samples.startedAt(LAST))).isPositive();
    expectTheSame();
  }

  @Test
  void doNotGrowWithWhatIsFedAgain() throws SQLException {
    List<Exchange> again = new ArrayList<>();
    for (int second = 0; second < LAST; second += 7 * STEP) {
      again.add(begun(second));
    }
    again.add(begun(LAST + 1));
    feed(THEIRS, again, List.of());

    expectTheSame();
  }

  @Test
  void areNotTakenForWholeWhereSomeWereForgotten() throws SQLException {
    assertThat(store.retention().deleteOlderThan(Samples.startedAt(LAST / 2))).isPositive();
    expectTheSame();

    feed(OURS, List.of(begun(5)), List.of()); // late, as of a journal that was found
    expectTheSame();
  }

  private void expectTheSame() {
    for (int i = 0; i < 20; i++) {
      Instant from = Samples.startedAt(random.nextInt(LAST)).minusSeconds(1_000);
      expectTheSame(TimeWindow.of(from, Duration.ofSeconds(random.nextInt(LAST))));
    }
    Instant even = Instant.parse("2026-03-01T10:00:00Z");
    expectTheSame(TimeWindow.of(even, HOUR));
    expectTheSame(TimeWindow.of(even, HOUR.multipliedBy(3)));
    expectTheSame(TimeWindow.of(even, Duration.ZERO));
    expectTheFewWithoutSuccess(Slice.of(TimeWindow.of(even, Duration.ofHours(4))));
  }

  private void expectTheFewWithoutSuccess(Slice slice) {
    List<String> expected = new ArrayList<>();
    store
        .reports()
        .exchanges(
            slice,
            ReportReader.Wanted.ALL,
            each ->
                each.outcome()
                    .filter(it -> it.verdict().category() != Category.SUCCEEDED)
                    .ifPresent(it -> expected.add(each.id() + it.broken())));
    List<String> told = new ArrayList<>();
    store.reports().noSuccess(slice, each -> told.add(each.id() + each.broken()));
    assertThat(told).isNotEmpty().isEqualTo(expected);
  }

  private void expectTheSame(TimeWindow window) {
    expectTheSame(Slice.of(window));
    expectTheSame(
        new Slice(
            window,
            Optional.of("adyen"),
            Optional.empty(),
            Optional.of(Operation.PAY),
            Optional.of(Origin.LIVE)));
  }

  private void expectTheSame(Slice slice) {
    assertThat(gathered(taker -> store.reports().counts(slice, taker)))
        .as("of %s", slice)
        .isEqualTo(
            gathered(
                taker -> store.reports().facts(slice, fact -> taker.accept(CallCount.of(fact)))));
  }

  private static Map<CallCount, Long> gathered(Consumer<Consumer<CallCount>> reading) {
    Map<CallCount, Long> all = new HashMap<>();
    reading.accept(each ->
        all.merge(
            new CallCount(each.provider(), each.operation(), each.ended(), 1),
            each.calls(),
            Long::sum));
    return all;
  }
}
