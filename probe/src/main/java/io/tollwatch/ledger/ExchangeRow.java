package io.tollwatch.ledger;

import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Correlation;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.verdict.Verdict;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How an exchange lies in its row: columns for what is filtered, documents for the rest.
final class ExchangeRow {

  /// Inserting the same intent again changes nothing.
  static final String INSERT_INTENT =
      """
      insert into exchange (id, started_at, origin, provider, operation, moves_money, target,
        trace_id, reference, request_id, idempotency_key, repeat_of, request_body, intent)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict do nothing
      """;

  /// The first outcome stays.
  static final String UPDATE_OUTCOME =
      """
      update exchange set progress = ?, category = ?, fault = ?, money = ?, rule = ?, status = ?,
        gateway_code = ?, gateway_message = ?, gateway_request_id = ?, total_us = ?,
        answer_body = ?, outcome = ?
      where id = ? and outcome is null
      """;

  /// What [#exchange] reads.
  static final String SELECT = "select intent, request_body, outcome, answer_body from exchange";

  private static final String REQUEST_BODY = "/body";
  private static final String ANSWER_BODY = "/answer/body";
  private static final int TRACE_ID_PART = 1;

  private ExchangeRow() {}

  /// Binds the record to [#INSERT_INTENT] or [#UPDATE_OUTCOME]. One that can't be bound is a data
  /// exception (SQLSTATE class 22), as one is that the database refuses.
  static void bind(PreparedStatement statement, LedgerRecord next) throws SQLException {
    try {
      switch (next) {
        case LedgerRecord.Intended(Intent intent) -> bindIntent(statement, intent);
        case LedgerRecord.Ended(Outcome outcome) -> bindOutcome(statement, outcome);
      }
    } catch (RuntimeException e) {
      throw new SQLDataException("no row can be made of it: " + e.getMessage(), "22000", e);
    }
  }

  private static void bindIntent(PreparedStatement insert, Intent intent) throws SQLException {
    BodyColumn document = BodyColumn.takenOut(ExchangeJson.object(intent), REQUEST_BODY);
    Correlation correlation = intent.correlation();
    bindAll(
        insert,
        intent.id(),
        intent.startedAt().atOffset(ZoneOffset.UTC),
        intent.origin().word(),
        intent.provider(),
        intent.operation().word(),
        intent.movesMoney(),
        intent.target(),
        traceId(correlation.traceparent()),
        correlation.reference().orElse(null),
        correlation.requestId().orElse(null),
        correlation.idempotencyKey().orElse(null),
        intent.repeatOf().orElse(null),
        document.text().orElse(null),
        document.json());
  }

  private static void bindOutcome(PreparedStatement update, Outcome outcome) throws SQLException {
    BodyColumn document = BodyColumn.takenOut(ExchangeJson.object(outcome), ANSWER_BODY);
    Verdict verdict = outcome.verdict();
    bindAll(
        update,
        outcome.progress().word(),
        verdict.category().word(),
        verdict.fault().word(),
        verdict.money().word(),
        verdict.rule(),
        outcome.answer().map(Answer::status).orElse(null),
        verdict.gateway().code().orElse(null),
        verdict.gateway().message().orElse(null),
        verdict.gateway().requestId().orElse(null),
        totalMicros(outcome),
        document.text().orElse(null),
        document.json(),
        outcome.id());
  }

  static Exchange exchange(ResultSet row) throws SQLException {
    BodyColumn intent = column(row.getString(1), row.getString(2));
    String answerBody = row.getString(4);
    Optional<BodyColumn> outcome =
        Optional.ofNullable(row.getString(3)).map(json -> column(json, answerBody));
    return ExchangeJson.exchange(
        intent.putBack(REQUEST_BODY), outcome.map(document -> document.putBack(ANSWER_BODY)));
  }

  /// The trace's id, of a whole `traceparent` or as it is.
  static String traceId(String traceparent) {
    List<String> parts = List.of(traceparent.split("-", -1));
    return parts.size() > TRACE_ID_PART ? parts.get(TRACE_ID_PART) : traceparent;
  }

  private static BodyColumn column(String json, @Nullable String text) {
    return new BodyColumn(json, Optional.ofNullable(text));
  }

  private static @Nullable Long totalMicros(Outcome outcome) {
    boolean unseen = outcome.verdict().rule().equals(Unfinished.RULE);
    return unseen ? null : outcome.timings().totalNanos() / 1_000;
  }

  private static void bindAll(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
