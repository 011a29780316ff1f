package io.tollwatch.simulation;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Progress;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseTimings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Answers as the gateways write them, and attempts that end with them. Stateless.
final class Answers {

  private static final String JSON = "application/json";

  private Answers() {}

  /// What a gateway answers.
  record Answer(int status, String type, String body) {

    Attempt.Answered after(long nanos) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return new Attempt.Answered(
          head(),
          new CapturedBody(bytes, bytes.length, true),
          new PhaseTimings(List.of(), nanos),
          ConnectionFacts.none());
    }

    AnswerHead head() {
      return new AnswerHead(status, "", Fields.of("Content-Type", type));
    }
  }

  static Answer json(int status, String body) {
    return new Answer(status, JSON, body);
  }

  static Answer page(int status) {
    return new Answer(status, "text/html", "<html><body>Please wait</body></html>");
  }

  /// An intent of Stripe's.
  static String intent(String id, String status, Optional<String> reference) {
    return """
    {"id":"%s","object":"payment_intent","amount":1000,"currency":"eur","status":"%s",\
    "metadata":{%s}}\
    """
        .formatted(id, status, reference.map("\"order_id\":\"%s\""::formatted).orElse(""));
  }

  /// A refund of Stripe's.
  static String refund() {
    return "{\"id\":\"re_a\",\"object\":\"refund\",\"amount\":1000,\"status\":\"succeeded\"}";
  }

  /// A decline of Stripe's.
  static String decline(String code, String declineCode) {
    return "{\"error\":{\"type\":\"card_error\",\"code\":\"%s\",\"decline_code\":\"%s\"}}"
        .formatted(code, declineCode);
  }

  /// The same call runs already.
  static Answer keyInUse() {
    return json(409, idempotency("idempotency_key_in_use", "wait"));
  }

  /// The key came with a call to another endpoint.
  static Answer keyOfAnother() {
    return json(400, idempotency("idempotency_error", "Keys are for the same parameters only"));
  }

  private static String idempotency(String code, String message) {
    return """
    {"error":{"type":"idempotency_error","code":"%s","message":"%s"}}\
    """
        .formatted(code, message);
  }

  static Attempt broken(Breakage breakage, Phase phase, Progress progress, long nanos) {
    return new Attempt.Broken(
        breakage,
        phase,
        progress,
        "",
        Optional.empty(),
        CapturedBody.empty(),
        new PhaseTimings(List.of(), nanos),
        ConnectionFacts.none());
  }

  /// The answer came in part.
  static Attempt cut(Answer answer, long nanos) {
    byte[] bytes =
        answer.body().substring(0, answer.body().length() / 2).getBytes(StandardCharsets.UTF_8);
    return new Attempt.Broken(
        Breakage.TRUNCATED_BODY,
        Phase.RECEIVE,
        Progress.MAYBE_SENT,
        "",
        Optional.of(answer.head()),
        new CapturedBody(bytes, bytes.length, false),
        new PhaseTimings(List.of(), nanos),
        ConnectionFacts.none());
  }
}
