package io.tollwatch.routing;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Progress;
import io.tollwatch.profile.Immovable;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.verdict.GatewayError;
import io.tollwatch.verdict.Trail;
import io.tollwatch.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Makes questions to the gate: one that opens it, changed in one thing at a time.
final class Moves {

  Operation operation = Operation.PAY;
  Attempt attempt = answered(401);
  boolean passedOn;
  Category category = Category.CONFIG_OR_AUTH;
  Money money = Money.REJECTED;
  boolean byUser;
  Optional<String> finalSource = Optional.of("docs");
  Optional<String> stop = Optional.empty();
  Optional<Immovable.Why> immovable = Optional.empty();
  boolean streamed;
  boolean identified = true;
  Optional<Standing> rival = Optional.empty();
  int attempts = 1;
  int tries = 1;
  Duration elapsed = Duration.ofSeconds(1);
  boolean budgetLeft = true;
  boolean claimable = true;

  static Attempt answered(int status) {
    return new Attempt.Answered(
        new AnswerHead(status, "", Fields.none()),
        CapturedBody.empty(),
        new PhaseTimings(List.of(), 0),
        ConnectionFacts.none());
  }

  static Attempt broken(Progress progress) {
    return new Attempt.Broken(
        Breakage.CONNECT_REFUSED,
        Phase.CONNECT,
        progress,
        "",
        Optional.empty(),
        CapturedBody.empty(),
        new PhaseTimings(List.of(), 0),
        ConnectionFacts.none());
  }

  static Channel channel() {
    return new Channel(
        "card",
        List.of("a", "b"),
        new Strategy.Ordered(),
        Duration.ofSeconds(60),
        2,
        0.2,
        false,
        false,
        Channel.SameReference.REFUSE);
  }

  Move move() {
    Trail trail =
        new Trail(
            Optional.empty(),
            byUser,
            Optional.empty(),
            finalSource,
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            stop);
    Verdict verdict =
        new Verdict(
            category,
            Fault.UNKNOWN,
            money,
            Action.NONE,
            GatewayError.none(),
            false,
            false,
            "rule",
            "stripe@1",
            trail);
    return new Move(
        channel(),
        operation,
        attempt,
        passedOn,
        verdict,
        immovable,
        streamed,
        identified,
        rival,
        attempts,
        tries,
        elapsed,
        budgetLeft,
        claimable);
  }
}
