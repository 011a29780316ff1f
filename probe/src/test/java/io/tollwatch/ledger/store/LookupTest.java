package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Correlation;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch.Position;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What is found by reference, trace and request id, however it was fed, on both databases.
@ParameterizedClass
@EnumSource
class LookupTest {

  private static final UUID JOURNAL = new UUID(1, 2);

  private final StoreKind kind;
  private StoreKind.Place place;
  private Store store;

  LookupTest(StoreKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open(@TempDir Path temp) {
    place = kind.place(temp);
    store = place.store();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void feed(List<Exchange> exchanges, List<Outcome> outcomes) throws SQLException {
    store.feed(new Batch(JOURNAL, exchanges, outcomes, new Position(0, 0)));
  }

  private static Exchange ended(int number) {
    return new Exchange(Samples.pay(number), Optional.of(Samples.succeeded(number)));
  }

  private List<String> find(ExchangeFilter... filters) {
    return store.reader().find(ExchangeQuery.of(filters)).stream().map(Exchange::id).toList();
  }

  private int rows(String table) throws SQLException {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void smallBatchesArePutTogetherAndStillFound() throws SQLException {
    for (int i = 0; i < 600; i++) {
      feed(List.of(ended(i)), List.of());
    }

    assertThat(rows("exchange_lookup")).isEqualTo(2);
    assertThat(rows("exchange_lookup_small")).isEqualTo(600 % 256);
    for (int i : List.of(0, 255, 256, 511, 512, 599)) {
      assertThat(find(new ExchangeFilter.Reference("order-" + i))).containsExactly(Samples.id(i));
      assertThat(find(new ExchangeFilter.RequestId("req_" + i))).containsExactly(Samples.id(i));
    }
  }

  @Test
  void largeBatchesMakeARowEach() throws SQLException {
    List<Exchange> many = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      many.add(ended(i));
    }
    feed(many, List.of());

    assertThat(rows("exchange_lookup")).isEqualTo(1);
    assertThat(find(new ExchangeFilter.Reference("order-1499"))).containsExactly(Samples.id(1_499));
  }

  @Test
  void theGatewaysIdIsFoundWhenItCameLater() throws SQLException {
    feed(List.of(new Exchange(Samples.pay(1), Optional.empty())), List.of());
    assertThat(find(new ExchangeFilter.RequestId("req_1"))).isEmpty();

    feed(List.of(), List.of(Samples.succeeded(1)));

    assertThat(find(new ExchangeFilter.RequestId("req_1"))).containsExactly(Samples.id(1));
  }

  @Test
  void anEndingWithoutTheGatewaysIdAddsNothing() throws SQLException {
    feed(List.of(new Exchange(Samples.pay(1), Optional.empty())), List.of());
    int before = rows("exchange_lookup_small");

    feed(List.of(), List.of(Samples.lost(1)));

    assertThat(store.reader().byId(Samples.id(1)).orElseThrow().outcome()).isPresent();
    assertThat(rows("exchange_lookup_small")).isEqualTo(before);
  }

  @Test
  void allThatIsAskedForMustBeMet() throws SQLException {
    feed(List.of(ended(1), ended(2)), List.of());

    assertThat(
            find(new ExchangeFilter.Reference("order-1"), new ExchangeFilter.RequestId("caller-1")))
        .containsExactly(Samples.id(1));
    assertThat(
            find(new ExchangeFilter.Reference("order-1"), new ExchangeFilter.RequestId("caller-2")))
        .isEmpty();
    assertThat(
            find(
                new ExchangeFilter.Reference("order-1"),
                new ExchangeFilter.From(Samples.startedAt(2))))
        .isEmpty();
  }

  @Test
  void aTextWithTheSameHashIsAnother() throws SQLException {
    // "Aa" and "BB" have the same hash
    feed(
        List.of(withReference(1, "Aa"), withReference(2, "BB"), withReference(3, "BB")), List.of());

    assertThat(find(new ExchangeFilter.Reference("Aa"))).containsExactly(Samples.id(1));
    assertThat(store.reader().find(ExchangeQuery.of(new ExchangeFilter.Reference("Aa")).limit(1)))
        .extracting(Exchange::id)
        .containsExactly(Samples.id(1));
  }

  private static Exchange withReference(int number, String reference) {
    Correlation old = Samples.pay(number).correlation();
    return running(
        number,
        Samples.id(number),
        new Correlation(
            old.traceparent(),
            old.requestId(),
            Optional.of(reference),
            old.idempotencyKey(),
            old.referenceKey(),
            old.card(),
            old.handles(),
            old.identity()));
  }

  @Test
  void idsThatAgreeInTheirNumberAreKeptAndFoundApart() throws SQLException {
    String id = Samples.id(1);
    List<Exchange> alike = new ArrayList<>();
    for (String end : List.of("A", "B", "C")) {
      String other = id.substring(0, id.length() - 1) + end;
      alike.add(running(1, other, Samples.pay(1).correlation()));
    }
    feed(alike.subList(0, 2), List.of());

    feed(alike, List.of());
    feed(alike, List.of(outcomeOf(alike.get(1))));

    assertThat(find())
        .containsExactlyInAnyOrderElementsOf(alike.stream().map(Exchange::id).toList());
    assertThat(store.reader().byId(alike.get(1).id()).orElseThrow().outcome()).isPresent();
    assertThat(store.reader().byId(alike.get(2).id())).contains(alike.get(2));
  }

  private static Exchange running(int number, String id, Correlation correlation) {
    Intent intent = Samples.pay(number);
    return new Exchange(
        new Intent(
            id,
            intent.startedAt(),
            intent.origin(),
            intent.provider(),
            intent.profile(),
            intent.operation(),
            intent.movesMoney(),
            intent.method(),
            intent.target(),
            intent.fields(),
            intent.body(),
            correlation,
            intent.repeatOf(),
            intent.duplicateOf(),
            intent.routing()),
        Optional.empty());
  }

  private static Outcome outcomeOf(Exchange exchange) {
    Outcome outcome = Samples.succeeded(1);
    return new Outcome(
        exchange.id(),
        outcome.progress(),
        outcome.broken(),
        outcome.answer(),
        outcome.timings(),
        outcome.connection(),
        outcome.verdict(),
        outcome.clientStatus(),
        outcome.clientGone());
  }

  @Test
  void whatIsInDoubtIsFoundAfterItsNeighboursAreForgotten() throws SQLException {
    List<Exchange> many = new ArrayList<>();
    many.add(new Exchange(Samples.pay(0), Optional.of(Samples.lost(0))));
    for (int i = 1; i < 3_000; i++) {
      many.add(ended(i));
    }
    feed(many.subList(0, 1_500), List.of());
    feed(many.subList(1_500, 3_000), List.of());

    store.retention().deleteOlderThan(Samples.startedAt(2_900));

    assertThat(find(new ExchangeFilter.Reference("order-0"))).containsExactly(Samples.id(0));
    assertThat(find(new ExchangeFilter.Reference("order-1"))).isEmpty();
    assertThat(find(new ExchangeFilter.Reference("order-2950"))).containsExactly(Samples.id(2_950));
    assertThat(lookedThrough()).as("entries").isEqualTo(1 + 1_500);
  }

  private int lookedThrough() throws SQLException {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select sum(octet_length(entries)) from exchange_lookup")) {
      row.next();
      return row.getInt(1) / LookupEntries.BYTES;
    }
  }
}
