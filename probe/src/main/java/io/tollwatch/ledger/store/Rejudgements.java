package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Rejudgement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps what judging again came to, in the store alone: it can be had again from the journal's
/// records at any time. Confined to its caller.
final class Rejudgements {

  private static final String NEWEST =
      "select document from rejudgement where no = ? order by judged_at desc limit 1";
  private static final String INSERT =
      "insert into rejudgement (no, judged_at, document) values (?, ?, ?)";
  private static final String OF_EXCHANGE =
      """
      select r.document from rejudgement r join exchange e on e.no = r.no
      where r.no >= ? and r.no < ? and e.id = ? order by r.judged_at
      """;

  private final Connection connection;

  Rejudgements(Connection connection) {
    this.connection = connection;
  }

  /// Keeps all or none of them. Of an exchange that is not there none is kept, and none that says
  /// what the newest one says.
  ///
  /// @return how many were kept
  int keep(List<Rejudgement> rejudgements) throws SQLException {
    connection.setAutoCommit(false);
    Map<String, KnownRow> known =
        KnownRow.find(connection, rejudgements.stream().map(Rejudgement::exchange).toList()).byId();
    int kept = 0;
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Rejudgement each : rejudgements) {
        KnownRow row = known.get(each.exchange());
        if (row != null && isNews(row.no(), each)) {
          insert.setLong(1, row.no());
          insert.setObject(2, each.at().atOffset(ZoneOffset.UTC));
          insert.setBytes(3, ExchangeJson.bytes(each));
          kept += insert.executeUpdate();
        }
      }
    }
    connection.commit();
    return kept;
  }

  private boolean isNews(long no, Rejudgement rejudgement) throws SQLException {
    return newest(no).filter(it -> it.verdict().equals(rejudgement.verdict())).isEmpty();
  }

  private Optional<Rejudgement> newest(long no) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
      select.setLong(1, no);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(ExchangeJson.rejudgement(row.getBytes(1)))
            : Optional.empty();
      }
    }
  }

  /// Those of an exchange, oldest first.
  static List<Rejudgement> of(Store store, String exchange) {
    long first;
    try {
      first = RowNumber.first(exchange);
    } catch (IllegalArgumentException noId) {
      return List.of();
    }
    return new Question(
            OF_EXCHANGE,
            (_, select) -> {
              select.setLong(1, first);
              select.setLong(2, first + RowNumber.SLOTS);
              select.setString(3, exchange);
            })
        .list(store, row -> ExchangeJson.rejudgement(row.getBytes(1)));
  }
}
