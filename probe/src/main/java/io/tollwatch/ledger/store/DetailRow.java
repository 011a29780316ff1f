package io.tollwatch.ledger.store;

import static io.tollwatch.ledger.store.Table.column;

import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How the rest of an exchange lies beside its facts: the documents of intent and outcome without
/// their bodies' texts, what is searched in them, and the bodies' texts in a table of their own. A
/// body of which something was kept always has a text there, so one without has expired.
final class DetailRow {

  static final Table TABLE =
      new Table(
          "exchange_detail",
          List.of(
              column("no", Kind.NUMBER),
              column("target", Kind.TEXT),
              column("intent", Kind.BYTES),
              column("gateway_code", Kind.TEXT),
              column("gateway_message", Kind.TEXT),
              column("outcome", Kind.BYTES)));

  static final String END =
      """
      update exchange_detail set gateway_code = ?, gateway_message = ?, outcome = ?
      where no = ? and outcome is null
      """;

  static final Table BODIES =
      new Table(
          "exchange_body",
          List.of(
              column("no", Kind.NUMBER),
              column("request", Kind.BYTES),
              column("answer", Kind.BYTES)));

  static final String ADD_ANSWER = "update exchange_body set answer = ? where no = ?";

  /// What [#exchange] reads.
  static final String COLUMNS = "d.intent, b.request, d.outcome, b.answer";

  private static final int TRACE_ID_PART = 1;

  private DetailRow() {}

  static void put(Row row, long no, Exchange exchange) throws SQLException {
    Intent intent = exchange.intent();
    row.number(no).text(intent.target()).bytes(ExchangeJson.withoutText(intent));
    bindOutcome(row, exchange.outcome()).add();
  }

  static void bindEnd(PreparedStatement update, long no, Outcome outcome) throws SQLException {
    bindOutcome(new Binder(update), Optional.of(outcome)).number(no).add();
  }

  private static Row bindOutcome(Row row, Optional<Outcome> outcome) throws SQLException {
    Optional<Verdict> verdict = outcome.map(Outcome::verdict);
    return row.text(verdict.flatMap(it -> it.gateway().code()))
        .text(verdict.flatMap(it -> it.gateway().message()))
        .bytes(outcome.map(ExchangeJson::withoutText).orElse(null));
  }

  /// The request's text; empty if there never was one.
  static Optional<String> request(Exchange exchange) {
    return text(exchange.intent().body());
  }

  /// The answer's text; empty if there never was one.
  static Optional<String> answer(Outcome outcome) {
    return outcome.answer().map(Answer::body).flatMap(DetailRow::text);
  }

  private static Optional<String> text(KeptBody body) {
    return wasKept(body) || !body.text().isEmpty() ? Optional.of(body.text()) : Optional.empty();
  }

  private static boolean wasKept(KeptBody body) {
    return switch (body.state()) {
      case WHOLE, CUT -> body.totalBytes() > 0;
      case UNREAD, EXPIRED -> false;
    };
  }

  static Exchange exchange(ResultSet row) throws SQLException {
    return exchange(row.getBytes(1), row.getBytes(2), row.getBytes(3), row.getBytes(4));
  }

  /// Of the [#COLUMNS].
  static Exchange exchange(
      byte[] intent,
      byte @Nullable [] requestBody,
      byte @Nullable [] outcome,
      byte @Nullable [] answerBody) {
    String request = text(requestBody);
    String answer = text(answerBody);
    return new Exchange(
        ExchangeJson.intent(intent, body -> withText(body, request)),
        Optional.ofNullable(outcome)
            .map(json -> ExchangeJson.outcome(json, body -> withText(body, answer))));
  }

  /// Of the [#COLUMNS], and of what was learned later: the exchange's JSON.
  static String document(
      byte[] intent,
      byte @Nullable [] requestBody,
      byte @Nullable [] outcome,
      byte @Nullable [] answerBody,
      List<Resolution> later) {
    String request = text(requestBody);
    String answer = text(answerBody);
    return ExchangeJson.document(
        intent, body -> withText(body, request), outcome, body -> withText(body, answer), later);
  }

  private static @Nullable String text(byte @Nullable [] utf8) {
    return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
  }

  /// The body with its text, or expired if it should have one.
  static KeptBody withText(KeptBody body, @Nullable String text) {
    if (text != null) {
      return new KeptBody(text, body.state(), body.totalBytes());
    }
    KeptBody.State state = wasKept(body) ? KeptBody.State.EXPIRED : body.state();
    return new KeptBody("", state, body.totalBytes());
  }

  /// The trace's id, of a whole `traceparent` or as it is.
  static String traceId(String traceparent) {
    List<String> parts = List.of(traceparent.split("-", -1));
    return parts.size() > TRACE_ID_PART ? parts.get(TRACE_ID_PART) : traceparent;
  }
}
