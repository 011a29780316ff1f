package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.BreakerState;
import io.tollwatch.fixtures.incident.Incident;
import io.tollwatch.fixtures.incident.Incidents;
import io.tollwatch.fixtures.incident.Phase;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.ledger.store.TimeWindow;
import io.tollwatch.proxy.incident.Replay;
import io.tollwatch.proxy.incident.Score;
import io.tollwatch.report.incident.IncidentSearch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Outages that real gateways had, in short form, several at a time: the same customers at a shop
/// with a sidecar and at one without, on real sockets, with the fake gateways' books as witnesses.
/// Breakers come back sooner than by default, for the tests to end. A few of them, each for a
/// promise of its own; `-Dtollwatch.incidents=true` asks for all.
class IncidentsTest {

  private static final String ALL = "tollwatch.incidents";
  private static final String ONE_BRAND = "square-2023-02-06";
  private static final String CROWD = "upi-2025-04-12";
  private static final String BURST = "vipps-pending";
  private static final Set<String> SURELY_FOUND =
      Set.of(ONE_BRAND, CROWD, "stripe-2019-07-10", "square-2023-09-07", "certificate-2020-05-30");
  private static final List<String> FEW = List.of(ONE_BRAND, CROWD, BURST);

  /// Looks at one payment within a quarter of an hour, where intervals double from half a minute.
  private static final int LOOKS = 5;

  private static final Duration LONGEST_BAD = Duration.ofMinutes(4);

  /// For the one brand's breaker to open: two of ten customers have such a card.
  private static final Duration BRAND_BAD = Duration.ofMinutes(8);

  private static final Duration LONGEST_CALM = Duration.ofMinutes(1);
  private static final String SOON = "max-open-time: 30s, step-limit: 15s";
  private static final int AT_A_TIME = 3;

  private static final Map<String, Replay.Comparison> RESULTS = new ConcurrentHashMap<>();
  private static final Map<String, List<Replay.News>> NEWS = new ConcurrentHashMap<>();

  private static final Map<String, List<io.tollwatch.exchange.Incident>> FOUND =
      new ConcurrentHashMap<>();

  @TempDir private static Path folder;

  static Stream<String> names() {
    return Incidents.all().stream()
        .map(Incident::name)
        .filter(name -> Boolean.getBoolean(ALL) || FEW.contains(name));
  }

  @BeforeAll
  static void replayAll() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
      List<Callable<Object>> replays =
          names().<Callable<Object>>map(name -> () -> replay(name)).toList();
      for (Future<Object> replay : threads.invokeAll(replays)) {
        replay.get();
      }
    }
  }

  private static Object replay(String name) throws Exception {
    List<Replay.News> news = new CopyOnWriteArrayList<>();
    Duration bad = name.equals(ONE_BRAND) ? BRAND_BAD : LONGEST_BAD;
    Incident shortened = Incidents.named(name).orElseThrow().shortened(bad, LONGEST_CALM);
    try (Replay replay = Replay.start(shortened, folder.resolve(name), SOON, news::add)) {
      NEWS.put(name, news);
      RESULTS.put(name, replay.run());
    }
    return FOUND.put(name, found(name, news)) == null;
  }

  /// What the rules find in the ledger that the sidecar has left, with what it cost.
  private static List<io.tollwatch.exchange.Incident> found(String name, List<Replay.News> news) {
    Instant end = ((Replay.Ended) news.getLast()).at();
    try (Store store = Store.embedded(folder.resolve(name).resolve(Replay.LEDGER))) {
      IncidentSearch search = new IncidentSearch(store.reports());
      List<io.tollwatch.exchange.Incident> all =
          search.found(new TimeWindow(end.minus(Duration.ofDays(1)), end));
      return all.stream().map(each -> search.costed(each, all, end)).toList();
    }
  }

  private static Replay.Comparison result(String name) {
    return Objects.requireNonNull(RESULTS.get(name));
  }

  private static Score with(String name) {
    return result(name).with();
  }

  @ParameterizedTest
  @MethodSource("names")
  void nobodyIsChargedTwiceAndNobodyWhoWasToldThatItFailed(String name) {
    assertThat(with(name).customers()).isPositive();
    assertThat(with(name).twice()).isZero();
    assertThat(with(name).lost()).isZero();
  }

  @ParameterizedTest
  @MethodSource("names")
  void allDoubtsAreSettledByProofOnceTheGatewayIsBack(String name) {
    Score.Health health = with(name).health().orElseThrow();

    assertThat(with(name).open()).isZero();
    assertThat(health.doubts()).isPositive();
    assertThat(health.resolved()).isEqualTo(health.doubts());
  }

  @ParameterizedTest
  @MethodSource("names")
  void theGatewayComesBackWithoutASecondOutage(String name) {
    assertThat(with(name).health().orElseThrow().outagesAfter()).as("of %s", turns(name)).isZero();
  }

  /// Whoever pays with another card meets no breaker while only one brand fails.
  @Test
  void onlyTheBrandThatFailsGoesElsewhere() {
    List<Replay.Ended> ended =
        Objects.requireNonNull(NEWS.get(ONE_BRAND)).stream()
            .filter(Replay.Ended.class::isInstance)
            .map(Replay.Ended.class::cast)
            .toList();
    Instant others = ended.get(1).at();

    assertThat(turns(ONE_BRAND))
        .filteredOn(turn -> turn.to() == BreakerState.OPEN && turn.at().isBefore(others))
        .isNotEmpty()
        .extracting(Replay.Turn::breaker)
        .containsOnly("discover");
  }

  /// Of the gateway that had it, begun while it was bad, and the gateway that was well in none.
  /// Payments that only stay pending are no incident, and some outages fail too few calls in their
  /// short form.
  @ParameterizedTest
  @MethodSource("names")
  void theRulesFindTheOutageOnceAndNothingElse(String name) {
    List<io.tollwatch.exchange.Incident> found = Objects.requireNonNull(FOUND.get(name));
    Instant from = bad(name, Replay.Began.class).getFirst().truncatedTo(ChronoUnit.MINUTES);
    Instant until = bad(name, Replay.Ended.class).getLast();

    assertThat(found)
        .hasSizeBetween(SURELY_FOUND.contains(name) ? 1 : 0, name.equals(BURST) ? 0 : 1);
    for (io.tollwatch.exchange.Incident each : found) {
      assertThat(each.scope().provider()).contains("first");
      assertThat(each.startedAt()).isBetween(from, until);
      assertThat(each.detectedAt()).isBefore(until.plus(Duration.ofMinutes(5)));
      assertThat(each.cost().calls()).isPositive();
      assertThat(each.cost().doubts().payments())
          .isLessThanOrEqualTo(with(name).health().orElseThrow().doubts());
      assertThat(each.cost().doubtsLeft().payments()).isZero();
    }
  }

  private static List<Instant> bad(String name, Class<? extends Replay.News> kind) {
    return Objects.requireNonNull(NEWS.get(name)).stream()
        .filter(kind::isInstance)
        .flatMap(IncidentsTest::whileBad)
        .toList();
  }

  private static Stream<Instant> whileBad(Replay.News news) {
    return switch (news) {
      case Replay.Began(Instant at, Phase phase) -> phase.bad() ? Stream.of(at) : Stream.empty();
      case Replay.Ended ended -> ended.phase().bad() ? Stream.of(ended.at()) : Stream.empty();
      case Replay.Turn _ -> Stream.empty();
    };
  }

  /// The gateway's capacity is what everybody's queries took: ours stay few.
  @Test
  void aGatewayThatDrownsInQueriesGetsFewOfOurs() {
    Score.Health health = with(CROWD).health().orElseThrow();

    assertThat(health.looks()).isPositive().isLessThanOrEqualTo(LOOKS * health.doubts());
  }

  @Test
  void aBurstOfWebhooksSomeTwiceAndInAnyOrderSettlesEachPayment() {
    Score.Health health = with(BURST).health().orElseThrow();

    // on a slow machine a look may come before the webhook of one or another
    assertThat(health.byWebhook()).isGreaterThan(health.doubts() * 3 / 4);
  }

  @ParameterizedTest
  @EnabledIfSystemProperty(named = ALL, matches = "true")
  @ValueSource(strings = {"stripe-2019-07-10", "square-2023-09-07", "certificate-2020-05-30"})
  void aHardOutageIsSeenAndTheGatewayIsInFullUseAfterIt(String name) {
    Score.Health health = with(name).health().orElseThrow();

    assertThat(health.detected()).isPresent();
    assertThat(health.recovered()).isPresent();
  }

  @ParameterizedTest
  @EnabledIfSystemProperty(named = ALL, matches = "true")
  @ValueSource(strings = {"stripe-2019-07-10", "square-2023-09-07", "square-2023-02-06"})
  void withoutASidecarCustomersAreChargedTwice(String name) {
    assertThat(result(name).without().twice()).isPositive();
  }

  @ParameterizedTest
  @EnabledIfSystemProperty(named = ALL, matches = "true")
  @ValueSource(strings = {"alipay-2024-11-11", "vipps-pending"})
  void withoutASidecarCustomersPayAndAreToldThatItFailed(String name) {
    assertThat(result(name).without().lost()).isPositive();
  }

  @Test
  @EnabledIfSystemProperty(named = ALL, matches = "true")
  void anOpenBreakerIsTestedBeforeItIsUsedAgain() {
    List<Replay.Turn> turns = turns("stripe-2019-07-10");

    assertThat(turns)
        .filteredOn(turn -> turn.to() == BreakerState.RAMPING)
        .isNotEmpty()
        .allMatch(turn -> turn.from() == BreakerState.HALF_OPEN);
  }

  private static List<Replay.Turn> turns(String name) {
    return Objects.requireNonNull(NEWS.get(name)).stream()
        .filter(Replay.Turn.class::isInstance)
        .map(Replay.Turn.class::cast)
        .toList();
  }
}
