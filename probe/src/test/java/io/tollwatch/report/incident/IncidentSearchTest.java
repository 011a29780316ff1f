package io.tollwatch.report.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.Incident.Kind;
import io.tollwatch.exchange.Incident.Sign;
import io.tollwatch.exchange.IncidentNote;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.ledger.store.TimeWindow;
import io.tollwatch.report.Day;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A day on which one provider times out for an hour and a half, in a ledger.
class IncidentSearchTest {

  private static final String ID = Day.INCIDENT;
  private static final Instant NOW = Day.TODAY.until();

  @SuppressWarnings("NullAway.Init")
  private Store store;

  @SuppressWarnings("NullAway.Init")
  private IncidentSearch search;

  @BeforeEach
  void fill(@TempDir Path folder) throws Exception {
    store = Store.embedded(folder);
    Day.feed(store);
    search = new IncidentSearch(store.reports());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static List<Incident> outages(List<Incident> all) {
    return all.stream().filter(each -> !each.ofOldDoubtsOnly()).toList();
  }

  @Test
  void findsTheOutageOnceWithAllThatShowedIt() {
    Incident incident = search.byId(ID, NOW).orElseThrow();

    assertThat(outages(search.within(Day.TODAY))).extracting(Incident::id).containsExactly(ID);
    assertThat(incident.signs())
        .extracting(Sign::kind)
        .contains(Kind.FAILURES, Kind.OLD_DOUBT, Kind.BREAKER);
    assertThat(incident.detectedAt()).isEqualTo(Day.changes().getFirst().at());
    assertThat(incident.mitigatedAt()).contains(Day.changes().getFirst().at());
    assertThat(incident.recoveredAt()).contains(Day.changes().getLast().at());
    assertThat(incident.cost().doubts().payments())
        .isPositive()
        .isEqualTo(incident.cost().doubtsLeft().payments());
    assertThat(incident.cost().doubts().minor()).containsOnlyKeys("eur", "jpy");
  }

  @Test
  void everyWindowThatHasItGivesTheSame() {
    Incident whole = outages(search.within(Day.TODAY)).getFirst();

    for (int hours = 4; hours < 24; hours += 5) {
      TimeWindow shorter =
          new TimeWindow(Day.TODAY.from(), Day.TODAY.from().plus(Duration.ofHours(hours)));
      Incident found = outages(search.within(shorter)).getFirst();
      assertThat(found.id()).isEqualTo(whole.id());
      assertThat(found.startedAt()).isEqualTo(whole.startedAt());
      assertThat(found.detectedAt()).isEqualTo(whole.detectedAt());
    }
  }

  @Test
  void whatWasKeptKeepsItsNameAndOutlivesItsExchanges() {
    Incident found = search.byId(ID, NOW).orElseThrow().named("stripe-eu-20260302T1259Z");
    store.incidents().keep(List.of(found));
    store.incidents().keep(new IncidentNote(found.id(), NOW, "ada", "called their support"));

    assertThat(outages(search.within(Day.TODAY)))
        .extracting(Incident::id)
        .containsExactly(found.id());
    assertThat(search.byId(ID, NOW)).isEmpty();

    store.retention().deleteOlderThan(NOW);

    assertThat(search.byId(found.id(), NOW)).contains(found);
    assertThat(store.reports().incidentNotes(found.id()))
        .containsExactly(new IncidentNote(found.id(), NOW, "ada", "called their support"));
  }

  @Test
  void keepingItAgainReplacesIt() {
    Incident found = search.byId(ID, NOW).orElseThrow();
    Incident sooner =
        new Incident(
            found.id(),
            found.scope(),
            found.startedAt(),
            found.detectedAt(),
            found.mitigatedAt(),
            Optional.empty(),
            found.signs(),
            Incident.Cost.none());
    store.incidents().keep(List.of(sooner));
    assertThat(store.reports().openIncidents()).containsExactly(sooner);

    store.incidents().keep(List.of(found));

    assertThat(store.reports().openIncidents()).isEmpty();
    assertThat(store.reports().incident(ID)).contains(found);
  }

  @Test
  void aRoundKeepsWhatIsFoundAndEndsWhatIsFoundNoMore() {
    IncidentBook book = new IncidentBook(store.reports(), store.incidents());
    Instant during = Day.changes().getFirst().at().plus(Duration.ofMinutes(50));
    book.bringUpToDate(during);

    assertThat(outages(store.reports().openIncidents()))
        .singleElement()
        .satisfies(incident -> {
          assertThat(incident.id()).isEqualTo(ID);
          assertThat(incident.cost().failed()).isPositive();
        });

    book.bringUpToDate(Day.changes().getLast().at().plus(Duration.ofHours(1)));

    assertThat(outages(store.reports().openIncidents())).isEmpty();
    assertThat(store.reports().incident(ID).orElseThrow().recoveredAt())
        .contains(Day.changes().getLast().at());
  }

  @Test
  void thereIsNoneWithAnotherId() {
    assertThat(search.byId("stripe-eu-20260302T1304Z", NOW)).isEmpty();
    assertThat(search.byId("nonsense", NOW)).isEmpty();
    assertThat(search.byId("stripe-eu-20990302T1303Z", NOW)).isEmpty();
  }
}
