package io.tollwatch.ledger.store;

import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.taxonomy.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Claims of payments in a database that several sidecars share. Each question is one way to the
/// server, and one more to commit; what it wrote is undone unless this process says so, so that a
/// question whose answer came too late leaves nothing behind. Thread-safe; has connections of its
/// own, and gives up after about a second.
///
/// ```
/// begin, lock the payment's marks, write if nothing is in the way, read what stands | commit
/// ```
///
/// Locks come before the other two in statements of their own, so that these see whatever the last
/// holder of the lock has written.
public final class Claims {

  private static final String STANDING =
      "select exchange, channel, payment_key, reference, provider, money, begun_at"
          + " from payment_claim where payment_key = ? or reference = ? order by begun_at, exchange";

  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('tollwatch ' || mark, 0))"
          + " from unnest(cast(? as character varying array)) as mark;\n";

  private static final String CLAIM =
      LOCK
          + """
          insert into payment_claim
            (exchange, channel, payment_key, reference, provider, money, begun_at)
          select ?, ?, ?, ?, ?, ?, ?
          where not exists (
              select 1 from payment_claim c
              where (c.payment_key = ? or c.reference = ?) and c.provider <> ?)
            and (? or exists (select 1 from payment_claim c where c.payment_key = ?)
              or not exists (select 1 from payment_claim c where c.reference = ?));
          """
          + STANDING;

  private static final String MOVE =
      LOCK
          + """
          update payment_claim set exchange = ?, provider = ?, money = ?, begun_at = ?
          where exchange = ? and not exists (
            select 1 from payment_claim c
            where (c.payment_key = ? or c.reference = ?) and c.exchange <> ?);
          """
          + STANDING;

  private static final String CHECK =
      """
      insert into claim_check (no, fingerprint) values (1, ?) on conflict (no) do nothing;
      select fingerprint from claim_check
      """;

  private final Store store;

  Claims(Store store) {
    this.store = store;
  }

  /// Whether fingerprints are made here under the key that the first sidecar had.
  ///
  /// @param fingerprint of something that is the same everywhere
  public boolean check(String fingerprint) throws ClaimsUnanswered {
    return inTransaction(connection -> {
      try (PreparedStatement ask = connection.prepareStatement(CHECK)) {
        ask.setString(1, fingerprint);
        List<String> found = rows(ask, 2, row -> row.getString(1));
        return found.equals(List.of(fingerprint));
      }
    });
  }

  /// Claims a payment for a provider, unless an attempt stands elsewhere, or one that has its
  /// reference but not its key.
  ///
  /// @param followReference whether the latter is not in the way
  /// @return all attempts that stand; the claim among them if it was made
  public List<Claim> claim(Claim wanted, boolean followReference) throws ClaimsUnanswered {
    return inTransaction(connection -> {
      try (PreparedStatement ask = connection.prepareStatement(CLAIM)) {
        PaymentIdentity identity = wanted.identity();
        Binder values = new Binder(ask);
        marks(values, identity);
        values
            .text(wanted.exchange())
            .text(identity.channel())
            .text(identity.key())
            .text(identity.reference())
            .text(wanted.provider())
            .text(wanted.money().word())
            .time(wanted.at().truncatedTo(ChronoUnit.MICROS));
        both(values, identity)
            .text(wanted.provider())
            .flag(followReference)
            .text(identity.key())
            .text(identity.reference())
            .text(identity.key())
            .text(identity.reference());
        return rows(ask, 3, Claims::claim);
      }
    });
  }

  /// All attempts of a payment that stand.
  public List<Claim> standing(PaymentIdentity identity) throws ClaimsUnanswered {
    return inTransaction(connection -> {
      try (PreparedStatement ask = connection.prepareStatement(STANDING)) {
        var _ = both(new Binder(ask), identity);
        return rows(ask, 1, Claims::claim);
      }
    });
  }

  /// Whether claims of that channel are kept.
  public boolean isKept(String channel) {
    return store.isShared(channel);
  }

  /// Moves a claim to the next attempt of the same call, unless another attempt stands.
  ///
  /// @param from the attempt before, which was surely not taken
  /// @return all attempts that stand; the next one among them if the claim was moved
  public List<Claim> move(String from, Claim next) throws ClaimsUnanswered {
    return inTransaction(connection -> {
      try (PreparedStatement ask = connection.prepareStatement(MOVE)) {
        PaymentIdentity identity = next.identity();
        Binder values = new Binder(ask);
        marks(values, identity);
        values
            .text(next.exchange())
            .text(next.provider())
            .text(next.money().word())
            .time(next.at().truncatedTo(ChronoUnit.MICROS))
            .text(from);
        var _ = both(both(values, identity).text(from), identity);
        return rows(ask, 3, Claims::claim);
      }
    });
  }

  /// Takes back claims of which nothing was sent.
  public void release(List<String> exchanges) throws ClaimsUnanswered {
    int _ = inTransaction(connection -> new ClaimRows(connection).remove(exchanges));
  }

  /// Forgets payments of a channel that succeeded before that time. What is in doubt or pending
  /// stays.
  ///
  /// @return how many
  public int forget(String channel, Instant before) throws ClaimsUnanswered {
    return inTransaction(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement(
              "delete from payment_claim where channel = ? and money = ? and begun_at < ?")) {
        var _ = new Binder(delete).text(channel).text(Money.SUCCEEDED.word()).time(before);
        return delete.executeUpdate();
      }
    });
  }

  /// In one order everywhere: of two that lock the same two marks, none has what the other waits
  /// for.
  private static void marks(Binder values, PaymentIdentity identity) throws SQLException {
    var _ =
        values.texts(
            Stream.of(identity.key(), identity.reference())
                .flatMap(Optional::stream)
                .sorted()
                .toList());
  }

  private static Row both(Row values, PaymentIdentity identity) throws SQLException {
    return values.text(identity.key()).text(identity.reference());
  }

  private static Claim claim(ResultSet row) throws SQLException {
    return new Claim(
        row.getString("exchange"),
        row.getString("provider"),
        new PaymentIdentity(
            row.getString("channel"),
            Optional.ofNullable(row.getString("payment_key")),
            Optional.ofNullable(row.getString("reference"))),
        Money.ofWord(row.getString("money")),
        row.getObject("begun_at", OffsetDateTime.class).toInstant());
  }

  /// The rows of the last of several statements that are asked at once.
  private static <T> List<T> rows(PreparedStatement ask, int statements, Question.Row<T> read)
      throws SQLException {
    boolean rows = ask.execute();
    for (int next = 1; next < statements; next++) {
      rows = ask.getMoreResults();
    }
    if (!rows) {
      throw new SQLException("the shared ledger gave no rows where it must");
    }
    List<T> found = new ArrayList<>();
    try (ResultSet row = ask.getResultSet()) {
      while (row.next()) {
        found.add(read.read(row));
      }
    }
    return found;
  }

  private <T> T inTransaction(Work<T> work) throws ClaimsUnanswered {
    try (Connection connection = store.claiming()) {
      connection.setAutoCommit(false);
      T done = work.with(connection);
      connection.commit();
      return done;
    } catch (SQLException e) {
      throw new ClaimsUnanswered(e);
    }
  }

  /// One transaction's work.
  @FunctionalInterface
  private interface Work<T> {
    T with(Connection connection) throws SQLException;
  }
}
