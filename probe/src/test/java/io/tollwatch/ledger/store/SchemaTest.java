package io.tollwatch.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.Samples;
import io.tollwatch.ledger.store.Batch.Position;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/// Databases that other versions made.
@ParameterizedClass
@EnumSource
class SchemaTest {

  private static final String NEWER =
      """
      insert into tollwatch_schema_history (installed_rank, version, description, type, script,
        checksum, installed_by, execution_time, success)
      values (99, '99', 'of tomorrow', 'SQL', 'V99__of_tomorrow.sql', 1, 'someone', 1, true)
      """;

  /// That of the samples.
  private static final Instant HOUR = Samples.START.truncatedTo(ChronoUnit.HOURS);

  private final StoreKind kind;

  @TempDir private Path temp;

  @SuppressWarnings("NullAway.Init")
  private StoreKind.Place place;

  SchemaTest(StoreKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void place() {
    place = kind.place(temp);
  }

  @Test
  void carriesTheRowsOfVersionOneOver() throws Exception {
    Exchange ended = new Exchange(Samples.pay(1), Optional.of(Samples.declined(1, "no_funds")));
    Exchange empty =
        new Exchange(Samples.pay(2, Samples.startedAt(2)), Optional.of(Samples.lost(2)));
    Exchange running = new Exchange(Samples.pay(3), Optional.empty());
    place.run(versionOne());
    place.run("insert into schema_version (version) values (1)");
    for (Exchange each : List.of(ended, empty, running)) {
      insertAsVersionOne(each);
    }

    try (Store store = place.store()) {
      assertThat(store.reader().find(ExchangeQuery.of())).containsExactly(running, empty, ended);
      assertThat(store.reader().countInDoubt()).isEqualTo(1);
      assertThat(store.settleUnfinished(Store.NO_JOURNAL, Samples.startedAt(4))).isEqualTo(1);
    }
    try (Store again = place.store()) {
      assertThat(again.reader().find(ExchangeQuery.of())).hasSize(3);
    }
  }

  @Test
  void carriesTheRowsOfVersionTwoOver() throws Exception {
    Exchange ended = new Exchange(Samples.pay(1), Optional.of(Samples.declined(1, "no_funds")));
    Exchange running = new Exchange(Samples.pay(3), Optional.empty());
    migrateTo("2");
    UUID journal = new UUID(3, 4);
    place.run(
        "insert into journal (id, segment, byte_offset) values ('%s', 5, 6)".formatted(journal));
    insertAsVersionTwo(1, ended);
    insertAsVersionTwo(2, running);

    try (Store store = place.store()) {
      assertThat(store.reader().find(ExchangeQuery.of())).containsExactly(running, ended);
      assertThat(store.reader().find(ExchangeQuery.of(new ExchangeFilter.Reference("order-1"))))
          .containsExactly(ended);
      assertThat(store.position(journal)).contains(new Position(5, 6));
      assertThat(store.settleUnfinished(journal, Samples.startedAt(4))).isEqualTo(1);
    }
  }

  @Test
  void whatMayHaveBeenAttemptedTwiceIsFoundInRowsOfVersionEightToo() throws Exception {
    Exchange twice = new Exchange(Samples.pay(1), Optional.empty());
    Exchange once = new Exchange(Samples.pay(3), Optional.empty());
    assertThat(twice.intent().duplicateOf()).isPresent();
    assertThat(once.intent().duplicateOf()).isEmpty();
    try (Store store = place.store()) {
      store.feed(new Batch(new UUID(1, 2), List.of(twice, once), List.of(), new Position(0, 1)));
    }
    forgetVersionTen();
    place.run("drop table exchange_duplicate");
    place.run("delete from tollwatch_schema_history where version = '9'");

    try (Store store = place.store()) {
      assertThat(store.reader().find(ExchangeQuery.of(new ExchangeFilter.Duplicate())))
          .containsExactly(twice);
    }
  }

  /// One of each kind that its words tell apart, and one of each whose document says more.
  @Test
  void rowsOfVersionNineAreCountedAndThoseWithoutSuccessKnown() throws Exception {
    List<CallCount> counts;
    List<CallCount> countsOfNext;
    List<NoSuccess> told;
    try (Store store = place.store()) {
      store.feed(
          new Batch(
              new UUID(1, 2),
              List.of(
                  new Exchange(Samples.pay(0), Optional.of(Samples.succeeded(0))),
                  new Exchange(Samples.pay(1), Optional.of(Samples.declined(1, "no_funds"))),
                  new Exchange(Samples.pay(2), Optional.of(Samples.unmapped(2, "new_code"))),
                  new Exchange(Samples.pay(3), Optional.of(Samples.otherAmount(3))),
                  new Exchange(Samples.pay(4), Optional.of(Samples.unsent(4))),
                  new Exchange(
                      Samples.pay(5),
                      Optional.of(
                          Samples.answered(
                              5, Category.PROVIDER_ERROR, Fault.PROVIDER, Optional.empty(), ""))),
                  new Exchange(Samples.pay(6), Optional.empty()),
                  new Exchange(Samples.pay(4_000), Optional.of(Samples.lost(4_000)))),
              List.of(),
              new Position(0, 1)));
      counts = counts(store, HOUR);
      countsOfNext = counts(store, HOUR.plus(1, ChronoUnit.HOURS));
      told = told(store);
    }
    assertThat(counts)
        .extracting(CallCount::calls)
        .containsExactlyInAnyOrder(1L, 2L, 1L, 1L, 1L, 1L);
    assertThat(countsOfNext).hasSize(1);
    assertThat(told).extracting(NoSuccess::id).containsExactly(ids(1, 2, 3, 4, 5, 4_000));
    forgetVersionTen();

    try (Store store = place.store()) {
      assertThat(counts(store, HOUR)).containsExactlyInAnyOrderElementsOf(counts);
      assertThat(counts(store, HOUR.plus(1, ChronoUnit.HOURS))).isEqualTo(countsOfNext);
      assertThat(told(store)).isEqualTo(told);
    }
  }

  private static String[] ids(int... numbers) {
    return Arrays.stream(numbers).mapToObj(Samples::id).toArray(String[]::new);
  }

  /// Of a whole hour, which was counted: its facts are not gone through.
  private static List<CallCount> counts(Store store, Instant hour) {
    List<CallCount> counts = new ArrayList<>();
    store.reports().counts(Slice.of(TimeWindow.of(hour, Duration.ofHours(1))), counts::add);
    return counts;
  }

  private static List<NoSuccess> told(Store store) {
    List<NoSuccess> told = new ArrayList<>();
    store.reports().noSuccess(Slice.of(TimeWindow.of(HOUR, Duration.ofHours(2))), told::add);
    return told;
  }

  private void forgetVersionTen() throws SQLException {
    for (String table : List.of("call_count", "call_count_from", "exchange_no_success")) {
      place.run("drop table " + table);
    }
    place.run("delete from tollwatch_schema_history where version = '10'");
  }

  private void migrateTo(String version) throws SQLException {
    migrateTo(version, place.database().forMigrating());
  }

  private static void migrateTo(String version, DataSource source) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:io/tollwatch/ledger/store/schema")
        .table("tollwatch_schema_history")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .target(version)
        .load()
        .migrate();
  }

  private void insertAsVersionTwo(long no, Exchange exchange) throws SQLException {
    ObjectNode document = (ObjectNode) ExchangeJson.tree(exchange);
    String request = takeText(document, "/intent/body");
    String answer = takeText(document, "/outcome/answer/body");
    try (Connection connection = place.connect()) {
      try (PreparedStatement facts =
          connection.prepareStatement(
              """
              insert into exchange (no, id, journal, started_at, origin, provider, operation,
                moves_money, trace_hash)
              values (?, ?, 1, ?, 'live', 'stripe', 'pay', true, 0)
              """)) {
        facts.setLong(1, no);
        facts.setString(2, exchange.id());
        facts.setObject(3, exchange.intent().startedAt().atOffset(ZoneOffset.UTC));
        facts.executeUpdate();
      }
      try (PreparedStatement detail =
              connection.prepareStatement(
                  "insert into exchange_detail (no, target, trace_id, intent, outcome)"
                      + " values (?, '/', '', ?, ?)");
          PreparedStatement body =
              connection.prepareStatement(
                  "insert into exchange_body (no, request, answer) values (?, ?, ?)")) {
        detail.setLong(1, no);
        detail.setString(2, document.at("/intent").toString());
        detail.setString(3, document.has("outcome") ? document.at("/outcome").toString() : null);
        detail.executeUpdate();
        body.setLong(1, no);
        body.setString(2, request);
        body.setString(3, answer.isEmpty() ? null : answer);
        body.executeUpdate();
      }
    }
  }

  private static String versionOne() throws IOException {
    try (InputStream in =
        SchemaTest.class.getResourceAsStream("schema/V1__Exchanges_in_one_table.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// As that version did: documents without the bodies' texts, which have columns of their own.
  private void insertAsVersionOne(Exchange exchange) throws SQLException {
    ObjectNode document = (ObjectNode) ExchangeJson.tree(exchange);
    String request = takeText(document, "/intent/body");
    String answer = takeText(document, "/outcome/answer/body");
    try (Connection connection = place.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into exchange (id, started_at, origin, provider, operation, moves_money,
                  target, trace_id, intent, request_body, outcome, answer_body)
                values (?, ?, 'live', 'stripe', 'pay', true, '/', '', ?, ?, ?, ?)
                """)) {
      insert.setString(1, exchange.id());
      insert.setObject(2, exchange.intent().startedAt().atOffset(ZoneOffset.UTC));
      insert.setString(3, document.at("/intent").toString());
      insert.setString(4, request.isEmpty() ? null : request);
      insert.setString(5, document.has("outcome") ? document.at("/outcome").toString() : null);
      insert.setString(6, answer.isEmpty() ? null : answer);
      insert.executeUpdate();
    }
  }

  private static String takeText(ObjectNode document, String pointer) {
    return document.at(pointer) instanceof ObjectNode body ? body.remove("text").asString() : "";
  }

  @Test
  void aNewerSchemaIsRefusedWithOneSentenceAndNotTouched() throws Exception {
    try (Store store = place.store()) {
      store.open();
    }
    place.run(NEWER);
    Optional<byte[]> before = file();

    for (int i = 0; i < 2; i++) {
      try (Store store = place.store()) {
        assertThatThrownBy(() ->
                store.feed(new Batch(new UUID(1, 2), List.of(), List.of(), new Position(0, 1))))
            .isInstanceOf(SQLException.class)
            .hasMessage(
                "the ledger has schema 99, made by a newer Tollwatch; this one knows up to 10");
      }
    }

    assertThat(file().isPresent()).isEqualTo(kind == StoreKind.H2);
    before.ifPresent(
        bytes -> assertThat(file()).hasValueSatisfying(now -> assertThat(now).isEqualTo(bytes)));
  }

  private Optional<byte[]> file() {
    Path file = H2File.in(temp).file();
    try {
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// As a kill between two statements of step 5 leaves it: H2 has committed the first.
  @Test
  void aNewDatabaseThatWasCutInAStepIsMadeAnew() throws SQLException {
    assertThatThrownBy(() -> place.database().bringUp(SchemaTest::cutInStepFive))
        .hasMessage("killed");

    Exchange paid = new Exchange(Samples.pay(1), Optional.empty());
    try (Store store = place.store()) {
      store.feed(new Batch(new UUID(1, 2), List.of(paid), List.of(), new Position(0, 1)));
    }
    try (Store again = place.store()) {
      assertThat(again.reader().find(ExchangeQuery.of())).containsExactly(paid);
    }
  }

  /// As a kill while an older version's database is brought up leaves it.
  @Test
  void anOldDatabaseThatWasCutInAStepIsBroughtUpLater() throws Exception {
    migrateTo("2");
    place.run(
        "insert into journal (id, segment, byte_offset) values ('%s', 5, 6)"
            .formatted(new UUID(3, 4)));
    Exchange old = new Exchange(Samples.pay(1), Optional.of(Samples.declined(1, "no_funds")));
    insertAsVersionTwo(1, old);
    assertThatThrownBy(() -> place.database().bringUp(SchemaTest::cutInStepFive))
        .hasMessage("killed");

    Exchange paid = new Exchange(Samples.pay(2, Samples.startedAt(2)), Optional.empty());
    try (Store store = place.store()) {
      store.feed(new Batch(new UUID(1, 2), List.of(paid), List.of(), new Position(0, 1)));
      assertThat(store.reader().find(ExchangeQuery.of())).containsExactlyInAnyOrder(paid, old);
    }
  }

  private static void cutInStepFive(DataSource source) throws SQLException {
    migrateTo("4", source);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("create table rejudgement (no bigint not null primary key)");
      throw new SQLException("killed");
    }
  }

  @Test
  void aSchemaThatOthersUseTooIsShared() throws SQLException {
    place.run("create table theirs (id integer)");

    try (Store store = place.store()) {
      store.open();
    }

    place.run("insert into theirs (id) values (1)");
  }
}
