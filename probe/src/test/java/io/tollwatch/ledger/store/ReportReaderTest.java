package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Origin;
import io.tollwatch.exchange.Decision;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.exchange.Routing;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch.Position;
import io.tollwatch.ledger.store.ReportReader.Wanted;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.timing.Phase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Five calls: a yes, a no, one lost, one that the provider spoilt, one that runs. The first lies
/// before the window.
@ParameterizedClass
@EnumSource
class ReportReaderTest {

  private static final Slice SLICE =
      Slice.of(TimeWindow.of(Samples.startedAt(1), Duration.ofSeconds(4)));

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
            new Exchange(through("card"), Optional.of(Samples.lost(2))),
            new Exchange(
                Samples.intent(3, "adyen", Operation.PAY, ""),
                Optional.of(
                    Samples.answered(
                        3, Category.PROVIDER_ERROR, Fault.PROVIDER, Optional.empty(), ""))),
            new Exchange(Samples.pay(4), Optional.empty()));
    feed(exchanges);
  }

  private void feed(List<Exchange> exchanges) throws SQLException {
    store.feed(new Batch(new UUID(1, 2), exchanges, List.of(), new Position(0, 0)));
  }

  private static Intent through(String channel) {
    return decided(2, "/v1/things/\"routing\":{\"channel\":\"wallet\",", channel, List.of());
  }

  private static Intent decided(int number, String channel, List<Decision> decisions) {
    return decided(number, "/v1/things", channel, decisions);
  }

  private static Intent decided(
      int number, String target, String channel, List<Decision> decisions) {
    Intent pay = Samples.pay(number);
    return new Intent(
        pay.id(),
        pay.startedAt(),
        pay.origin(),
        pay.provider(),
        pay.profile(),
        pay.operation(),
        pay.movesMoney(),
        pay.method(),
        target,
        pay.fields(),
        pay.body(),
        pay.correlation(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Routing(channel, Optional.empty(), decisions)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<String> ids(Slice slice, Wanted wanted) {
    List<String> ids = new ArrayList<>();
    store.reports().exchanges(slice, wanted, exchange -> ids.add(exchange.id()));
    assertThat(store.reports().any(slice, wanted)).isEqualTo(!ids.isEmpty());
    return ids;
  }

  private static List<String> of(int... numbers) {
    return Arrays.stream(numbers).mapToObj(Samples::id).toList();
  }

  @Test
  void givesWhatIsWantedOldestFirst() {
    assertThat(ids(SLICE, Wanted.ALL)).isEqualTo(of(1, 2, 3, 4));
    assertThat(ids(SLICE, Wanted.TROUBLE)).isEqualTo(of(2, 3));
    assertThat(ids(SLICE, Wanted.NO_SUCCESS)).isEqualTo(of(1, 2, 3));
    assertThat(ids(SLICE, Wanted.IN_DOUBT)).isEqualTo(of(2, 3));
    assertThat(ids(SLICE, Wanted.DUPLICATE)).isEqualTo(of(1, 4));
  }

  @Test
  void keepsToTheSlice() {
    TimeWindow window = SLICE.window();

    assertThat(ids(new Slice(window, Optional.of("adyen"), none(), none(), none()), Wanted.ALL))
        .isEqualTo(of(3));
    assertThat(ids(new Slice(window, none(), Optional.of("card"), none(), none()), Wanted.ALL))
        .isEqualTo(of(2));
    assertThat(ids(new Slice(window, none(), Optional.of("car"), none(), none()), Wanted.ALL))
        .isEmpty();
    assertThat(ids(new Slice(window, none(), Optional.of("c%d"), none(), none()), Wanted.ALL))
        .isEmpty();
    assertThat(
            ids(
                new Slice(window, none(), none(), Optional.of(Operation.REFUND), none()),
                Wanted.ALL))
        .isEmpty();
    assertThat(
            ids(
                new Slice(window, none(), none(), none(), Optional.of(Origin.SYNTHETIC)),
                Wanted.ALL))
        .isEmpty();
  }

  /// What a caller sends must not look like what Tollwatch decided.
  @Test
  void aTargetCanNotClaimAChannel() {
    assertThat(
            ids(
                new Slice(SLICE.window(), none(), Optional.of("wallet"), none(), none()),
                Wanted.ALL))
        .isEmpty();
  }

  /// Names that look like patterns, and such as begin or end as others do.
  @Test
  void aChannelIsFoundByItsWholeNameAndNothingElse() throws SQLException {
    List<String> names = List.of("a", "ab", "ba", "a%", "a_", "a!", "a\"", "a\\", "A");
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      exchanges.add(new Exchange(decided(100 + i, names.get(i), List.of()), Optional.empty()));
    }
    feed(exchanges);
    TimeWindow window = TimeWindow.of(Samples.startedAt(100), Duration.ofSeconds(60));

    for (int i = 0; i < names.size(); i++) {
      assertThat(
              ids(new Slice(window, none(), Optional.of(names.get(i)), none(), none()), Wanted.ALL))
          .as("through %s", names.get(i))
          .isEqualTo(of(100 + i));
    }
  }

  @Test
  void whatWasPassedOverAndRefusedIsFoundByTheDecisionAlone() throws SQLException {
    String lie = "\"kind\":\"refused\",\"kind\":\"skipped\",\"provider\":\"stripe\",";
    feed(
        List.of(
            new Exchange(
                decided(
                    100, "card", List.of(new Decision(Decision.Kind.SKIPPED, "stripe-eu", lie))),
                Optional.empty()),
            new Exchange(
                decided(
                    101, "card", List.of(new Decision(Decision.Kind.SKIPPED, "stripe", "open"))),
                Optional.empty()),
            new Exchange(
                decided(102, "card", List.of(new Decision(Decision.Kind.CHOSEN, "stripe", lie))),
                Optional.empty()),
            new Exchange(
                decided(
                    103, "card", List.of(new Decision(Decision.Kind.REFUSED, "stripe", "lost"))),
                Optional.empty())));
    Slice slice = Slice.of(TimeWindow.of(Samples.startedAt(100), Duration.ofSeconds(60)));

    assertThat(passedOver("stripe-eu", slice)).isEqualTo(of(100));
    assertThat(passedOver("stripe", slice)).isEqualTo(of(101));
    assertThat(passedOver("stripe%", slice)).isEmpty();
    assertThat(passedOver("stripe_eu", slice)).isEmpty();
    assertThat(ids(slice, Wanted.REFUSED)).isEqualTo(of(103));
  }

  private List<String> passedOver(String provider, Slice slice) {
    List<String> ids = new ArrayList<>();
    store.reports().movedFrom(provider, slice, exchange -> ids.add(exchange.id()));
    return ids;
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  @Test
  void givesFactsWithThePhasesThatHappened() {
    List<Fact> facts = new ArrayList<>();
    store.reports().facts(SLICE, facts::add);

    assertThat(facts)
        .extracting(Fact::provider)
        .containsExactly("stripe", "stripe", "adyen", "stripe");
    assertThat(facts.getLast().ended()).isEmpty();
    Fact.Ended lost = facts.get(1).ended().orElseThrow();
    assertThat(lost.category()).isEqualTo(Category.ANSWER_LOST);
    assertThat(lost.unavailable()).isTrue();
    Fact.Durations durations = facts.get(1).durations();
    assertThat(durations.micros(Optional.empty())).isEqualTo(OptionalLong.of(100));
    assertThat(durations.micros(Optional.of(Phase.WAIT))).isEqualTo(OptionalLong.of(81));
    assertThat(durations.micros(Optional.of(Phase.DNS))).isEmpty();
  }

  @Test
  void theOldestIsThatOfWhatIsNotKeptForItsDoubt() {
    assertThat(store.reports().oldest().map(at -> at.truncatedTo(ChronoUnit.MILLIS)))
        .hasValue(Samples.startedAt(1).truncatedTo(ChronoUnit.MILLIS));
  }

  /// One with a body that has expired, one in doubt and resolved later, one that runs.
  @Test
  void documentsAreWhatWouldBeWrittenOfTheExchanges() throws SQLException {
    Resolution later =
        new Resolution(
            Samples.id(2),
            Samples.startedAt(900),
            Money.SUCCEEDED,
            Resolution.By.LOOKUP,
            "the lookup says \"succeeded\"",
            Optional.empty(),
            Optional.empty());
    store.feed(
        new Batch(
            new UUID(1, 2), List.of(), List.of(), List.of(later), List.of(), new Position(0, 1)));
    store.retention().deleteBodiesOlderThan(Samples.startedAt(2));
    List<Exchange> exchanges = new ArrayList<>();
    List<String> documents = new ArrayList<>();

    store.reports().exchanges(SLICE, Wanted.ALL, exchanges::add);
    store.reports().documents(SLICE, Wanted.ALL, documents::add);

    assertThat(documents)
        .hasSize(4)
        .isEqualTo(exchanges.stream().map(ExchangeJson::write).toList());
    assertThat(documents.getFirst()).contains("\"state\":\"expired\"");
    assertThat(documents.get(1)).contains("says \\\"succeeded\\\"");
  }

  @Test
  void tellsOfWhatDidNotSucceedOnlyWhy() {
    List<Fact> facts = new ArrayList<>();
    store.reports().facts(SLICE, facts::add);
    List<NoSuccess> told = told(SLICE);

    assertThat(told).extracting(NoSuccess::id).isEqualTo(of(1, 2, 3));
    assertThat(told).extracting(NoSuccess::provider).containsExactly("stripe", "stripe", "adyen");
    assertThat(told.getFirst().ended()).isEqualTo(facts.getFirst().ended().orElseThrow());
    assertThat(told.getFirst().code()).contains("no_funds");
    assertThat(told.getFirst().message()).contains("Sorry: 100%_no_funds");
    assertThat(told.getFirst().inDoubt()).isEmpty();
    assertThat(told.get(1).broken()).isEqualTo(Samples.lost(2).broken());
    assertThat(told.get(1).inDoubt()).contains(Samples.pay(2).correlation().handles());
  }

  /// A yes to another amount than was asked for: whoever looks for trouble must be shown it, also
  /// where the yes came later.
  @Test
  void aYesThatIsInDoubtIsTroubleAndHasItsPayment() throws SQLException {
    feed(
        List.of(
            new Exchange(Samples.pay(100), Optional.of(Samples.otherAmount(100))),
            new Exchange(Samples.pay(101), Optional.empty()),
            new Exchange(Samples.pay(102), Optional.of(Samples.succeeded(102)))));
    store.feed(
        new Batch(
            new UUID(1, 2), List.of(), List.of(Samples.otherAmount(101)), new Position(0, 1)));
    Slice slice = Slice.of(TimeWindow.of(Samples.startedAt(100), Duration.ofSeconds(60)));

    List<NoSuccess> told = told(slice);

    assertThat(ids(slice, Wanted.TROUBLE)).isEqualTo(of(100, 101));
    assertThat(ids(slice, Wanted.NO_SUCCESS)).isEmpty();
    assertThat(told).extracting(NoSuccess::id).isEqualTo(of(100, 101));
    assertThat(told)
        .extracting(NoSuccess::inDoubt)
        .containsExactly(
            Optional.of(Samples.pay(100).correlation().handles()),
            Optional.of(Samples.pay(101).correlation().handles()));
  }

  /// What did not succeed, and is not in doubt either.
  @Test
  void tellsOfABreakAndOfAnUnknownCodeWhereNothingIsInDoubt() throws SQLException {
    feed(
        List.of(
            new Exchange(Samples.pay(100), Optional.of(Samples.unsent(100))),
            new Exchange(Samples.pay(101), Optional.of(Samples.unmapped(101, "new_code")))));

    List<NoSuccess> told =
        told(Slice.of(TimeWindow.of(Samples.startedAt(100), Duration.ofSeconds(60))));

    assertThat(told).extracting(NoSuccess::inDoubt).containsOnly(Optional.empty());
    assertThat(told)
        .extracting(NoSuccess::broken)
        .containsExactly(Samples.unsent(100).broken(), Optional.empty());
    assertThat(told)
        .extracting(each -> each.trail().unmapped())
        .containsExactly(Optional.empty(), Optional.of("new_code"));
  }

  private List<NoSuccess> told(Slice slice) {
    List<NoSuccess> told = new ArrayList<>();
    store.reports().noSuccess(slice, told::add);
    return told;
  }

  @Test
  void givesTheNewestFirst() {
    assertThat(store.reports().newest(SLICE, Wanted.TROUBLE, 1))
        .extracting(Exchange::id)
        .containsExactly(Samples.id(3));
  }

  /// More than one page of numbers, more than may be held at once.
  @Test
  void givesManyWithLargeBodiesOnceEachAndInOrder() throws Exception {
    List<Exchange> many = new ArrayList<>();
    String body = "x".repeat(20_000);
    for (int i = 100; i < 2_300; i++) {
      Intent intent = Samples.pay(i);
      many.add(
          new Exchange(
              i % 4 == 0
                  ? intent.withBody(new KeptBody(body, KeptBody.State.WHOLE, body.length()))
                  : intent,
              Optional.of(Samples.succeeded(i))));
    }
    for (int i = 0; i < many.size(); i += 500) {
      feed(many.subList(i, Math.min(i + 500, many.size())));
    }
    Slice slice = Slice.of(TimeWindow.of(Samples.startedAt(100), Duration.ofDays(1)));

    List<Exchange> read = new ArrayList<>();
    store.reports().exchanges(slice, Wanted.ALL, read::add);

    assertThat(read).hasSameSizeAs(many);
    for (int i = 0; i < many.size(); i++) {
      assertThat(read.get(i)).isEqualTo(many.get(i));
    }
  }
}
