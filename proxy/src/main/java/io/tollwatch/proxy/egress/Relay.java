package io.tollwatch.proxy.egress;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Fields;
import io.tollwatch.dispatch.Reply;
import io.tollwatch.proxy.http1.AnswerWriter;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.verdict.Verdict;
import java.io.IOException;
import java.util.Optional;

/// Gives a reply to the caller. Confined to one exchange.
///
/// @param channel the channel that was called, if it was one
record Relay(Optional<String> channel, AnswerWriter answer) {

  /// Made once: to refuse must cost as little as can be, since it comes of what there is too much
  /// of.
  private static final AnswerHead OVERLOADED = Problems.overloaded().head(later());

  private static final byte[] OVERLOADED_BODY = Problems.overloaded().body();

  void relay(Reply reply) throws IOException {
    switch (reply) {
      case Reply.Whole whole -> send(whole);
      case Reply.Lost lost ->
          send(lost, Problems.lost(lost), tags(lost, lost.verdict(), lost.earlier()));
      case Reply.Refused refused ->
          send(
              refused,
              Problems.repeat(refused),
              tags(refused)
                  .plus("Tollwatch-Money", refused.money().word())
                  .plus("Tollwatch-Earlier-Exchange", refused.earlier()));
      case Reply.Unrouted unrouted ->
          send(
              unrouted,
              Problems.unrouted(unrouted),
              tags(unrouted, unrouted.verdict(), Optional.empty()));
      case Reply.Unrecorded unrecorded ->
          send(
              unrecorded,
              Problems.unrecorded(unrecorded),
              tags(unrecorded, unrecorded.verdict(), Optional.empty()));
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
    answer.send(problem.head(later().plus("Tollwatch-Provider", provider)), problem.body());
  }

  /// Tells that nothing was sent because more calls come than the machine can work on.
  static void overloaded(AnswerWriter answer) throws IOException {
    answer.send(OVERLOADED, OVERLOADED_BODY);
  }

  private static Fields later() {
    return Fields.of("Retry-After", "1", "Tollwatch-Money", Money.NOT_SENT.word())
        .plus("Tollwatch-Category", Category.NOT_SENT.word());
  }

  private void send(Reply reply, Problem problem, Fields tags) throws IOException {
    Problem told = problem.with("provider", reply.provider());
    if (channel.isPresent()) {
      told = told.with("channel", channel.get());
    }
    answer.send(told.head(tags), told.body());
  }

  private void send(Reply.Whole whole) throws IOException {
    Fields tags = tags(whole, whole.verdict(), whole.earlier());
    Fields fields = EndToEnd.ofAnswer(whole.head().fields()).plus(tags);
    answer.send(new AnswerHead(whole.head().status(), whole.head().reason(), fields), whole.body());
  }

  /// Which exchange it was, and where it went.
  static Fields tags(String exchange, String provider, Optional<String> channel) {
    Fields tags = Fields.of("Tollwatch-Exchange", exchange, "Tollwatch-Provider", provider);
    return channel.map(name -> tags.plus("Tollwatch-Channel", name)).orElse(tags);
  }

  private Fields tags(Reply reply) {
    return tags(reply.exchange(), reply.provider(), channel);
  }

  private Fields tags(Reply reply, Verdict verdict, Optional<Reply.Earlier> earlier) {
    Fields tags =
        tags(reply)
            .plus(
                "Tollwatch-Money", earlier.map(Reply.Earlier::money).orElse(verdict.money()).word())
            .plus("Tollwatch-Category", verdict.category().word());
    return earlier
        .map(each -> tags.plus("Tollwatch-Earlier-Exchange", each.exchange()))
        .orElse(tags);
  }
}
