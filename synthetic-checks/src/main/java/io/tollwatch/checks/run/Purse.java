package io.tollwatch.checks.run;

import io.tollwatch.checks.script.Check;
import io.tollwatch.checks.script.Step;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.exchange.TestMoney;
import io.tollwatch.exchange.TestMoney.State;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The money that one run took: what became of it, in the register. Confined to the run.
final class Purse {

  private final Check check;
  private final RunKeys keys;
  private final Bench bench;

  Purse(Check check, RunKeys keys, Bench bench) {
    this.check = check;
    this.keys = keys;
    this.bench = bench;
  }

  /// What a step took and what is not back.
  Optional<TestMoney> open(String step) {
    return bench.register().find(keys.taking(step)).filter(TestMoney::isOpen);
  }

  /// Whether what a step took is at that provider, and not back.
  boolean isAt(String provider, String step) {
    return open(step).filter(money -> money.provider().equals(provider)).isPresent();
  }

  /// The provider that took the run's last payment, whether that is back or not.
  Optional<String> taker() {
    return check.steps().reversed().stream()
        .flatMap(step -> bench.register().find(keys.taking(step.name())).stream())
        .filter(money -> money.state() != State.NEVER_TAKEN)
        .map(TestMoney::provider)
        .findFirst();
  }

  /// All that is not back.
  List<TestMoney> open() {
    return check.steps().stream().map(Step::name).flatMap(step -> open(step).stream()).toList();
  }

  /// A step is about to be sent to a provider.
  ///
  /// @return why it must not be; empty if that is written down
  Optional<String> sends(String step, String provider) {
    TestMoney known = bench.register().find(keys.taking(step)).orElseThrow();
    if (!known.isOpen()) {
      return Optional.of("another runner settled it");
    }
    return known.provider().equals(provider)
        ? Optional.empty()
        : bench.register().send(known.sentTo(bench.clock().instant(), provider));
  }

  /// A step that takes money has its answer, or none.
  void settle(String step, StepAnswer answer, Map<String, String> handles) {
    TestMoney known = bench.register().find(keys.taking(step)).orElseThrow();
    Optional<Outcome> outcome = answer.outcome();
    if (!known.isOpen() && !cameBack(known, outcome)) {
      return; // another runner took over, and settled it under the same keys
    }
    Instant now = bench.clock().instant();
    TestMoney money = known.isOpen() ? known : known.now(now, State.OPEN, "it was taken after all");
    outcome.ifPresent(last -> settleEarlier(money, last, now));
    if (outcome.isEmpty()) {
      // whatever happened to the record of it: it may have been sent
      bench.register().write(money.tried(now, handles, "nothing is known of it"));
    } else if (notTaken(outcome.get(), answer.earlier())) {
      String why = "not taken: " + outcome.get().verdict().category().word();
      bench.register().write(money.now(now, State.NEVER_TAKEN, why));
    } else {
      bench
          .register()
          .write(money.known(now, outcome.get().id(), outcome.get().verdict().money(), handles));
    }
  }

  /// Whether a step that was believed lost took its money after all: its runner had been stopped
  /// for longer than that takes.
  private static boolean cameBack(TestMoney money, Optional<Outcome> outcome) {
    return money.state() == State.NEVER_TAKEN
        && outcome.filter(each -> !notTaken(each)).isPresent();
  }

  /// The same call again says what became of the first.
  private void settleEarlier(TestMoney known, Outcome repeat, Instant now) {
    Money money = repeat.claimed();
    if (money == Money.SUCCEEDED || money == Money.REJECTED) {
      resolve(
          known, money, Resolution.By.REPEAT, "the same call again", Optional.of(repeat.id()), now);
    }
  }

  /// Where a channel sent it more than once, what the first attempt may have taken stands until an
  /// answer says otherwise: that a repeat was not sent says nothing of it.
  private static boolean notTaken(Outcome last, List<Outcome> earlier) {
    return notTaken(last)
        && (last.claimed() == Money.REJECTED || earlier.stream().allMatch(Purse::notTaken));
  }

  /// A conflict with the state of the object may come from a call of this very payment.
  private static boolean notTaken(Outcome outcome) {
    Category category = outcome.verdict().category();
    return switch (outcome.claimed()) {
      case NOT_SENT -> true;
      case REJECTED ->
          category != Category.STATE_CONFLICT && category != Category.IN_PROGRESS_CONFLICT;
      case NONE, IN_DOUBT, PENDING, SUCCEEDED -> false;
    };
  }

  /// Whether an answer says that money is on its way back.
  boolean isReturn(StepAnswer answer) {
    return answer
        .outcome()
        .filter(outcome -> outcome.verdict().money() == Money.SUCCEEDED)
        .isPresent();
  }

  /// What a step took is back.
  void returned(String step, String why) {
    close(step, State.RETURNED, Money.SUCCEEDED, why);
  }

  /// A step never took anything.
  void neverTaken(String step, String why) {
    close(step, State.NEVER_TAKEN, Money.REJECTED, why);
  }

  private void close(String step, State state, Money money, String why) {
    open(step)
        .ifPresent(known -> {
          Instant now = bench.clock().instant();
          bench.register().write(known.now(now, state, why));
          resolve(known, money, Resolution.By.CANCEL, why, Optional.empty(), now);
        });
  }

  /// The step's exchange is in doubt no longer.
  private void resolve(
      TestMoney known,
      Money money,
      Resolution.By by,
      String why,
      Optional<String> evidence,
      Instant now) {
    boolean doubt = known.money() == Money.IN_DOUBT || known.money() == Money.PENDING;
    known
        .exchange()
        .filter(_ -> doubt)
        .ifPresent(exchange ->
            bench
                .ledger()
                .resolution(
                    new Resolution(
                        exchange,
                        now,
                        money,
                        by,
                        "check " + check.name() + ": " + why,
                        Optional.empty(),
                        evidence)));
  }
}
