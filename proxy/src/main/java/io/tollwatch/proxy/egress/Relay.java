package io.tollwatch.proxy.egress;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Fields;
import io.tollwatch.dispatch.Reply;
import io.tollwatch.proxy.http1.AnswerWriter;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.verdict.Verdict;
import java.io.IOException;

/// Gives a reply to the caller. Confined to one exchange.
///
/// @param provider the provider's name
record Relay(String provider, AnswerWriter answer) {

  void relay(Reply reply) throws IOException {
    switch (reply) {
      case Reply.Whole whole -> send(whole);
      case Reply.Lost lost -> send(Problems.lost(lost), tags(lost.exchange(), lost.verdict()));
      case Reply.Refused refused ->
          send(
              Problems.repeat(refused),
              tags(refused.exchange())
                  .plus("Tollwatch-Money", refused.money().word())
                  .plus("Tollwatch-Earlier-Exchange", refused.earlier()));
      case Reply.Unrecorded unrecorded ->
          send(Problems.unrecorded(unrecorded), tags(unrecorded.exchange(), unrecorded.verdict()));
      case Reply.Streamed streamed -> {
        if (!streamed.whole()) {
          answer.closeAfter();
        }
      }
    }
  }

  /// Tells a problem that has no exchange.
  static void send(AnswerWriter answer, Problem problem) throws IOException {
    answer.send(problem.head(Fields.none()), problem.body());
  }

  /// Tells that nothing was sent because too many calls are under way.
  static void busy(AnswerWriter answer, String provider) throws IOException {
    Problem problem = Problems.busy(provider);
    Fields fields =
        Fields.of("Retry-After", "1", "Tollwatch-Provider", provider)
            .plus("Tollwatch-Money", Money.NOT_SENT.word())
            .plus("Tollwatch-Category", Category.NOT_SENT.word());
    answer.send(problem.head(fields), problem.body());
  }

  private void send(Problem problem, Fields tags) throws IOException {
    Problem told = problem.with("provider", provider);
    answer.send(told.head(tags), told.body());
  }

  private void send(Reply.Whole whole) throws IOException {
    Fields fields = EndToEnd.ofAnswer(whole.head().fields());
    for (var tag : tags(whole.exchange(), whole.verdict())) {
      fields = fields.plus(tag.name(), tag.value());
    }
    answer.send(new AnswerHead(whole.head().status(), whole.head().reason(), fields), whole.body());
  }

  private Fields tags(String exchange) {
    return Fields.of("Tollwatch-Exchange", exchange, "Tollwatch-Provider", provider);
  }

  private Fields tags(String exchange, Verdict verdict) {
    return tags(exchange)
        .plus("Tollwatch-Money", verdict.money().word())
        .plus("Tollwatch-Category", verdict.category().word());
  }
}
