package io.tollwatch.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Progress;
import io.tollwatch.ledger.Samples;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.verdict.Trail;
import io.tollwatch.verdict.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  @Test
  void whatAShippedRuleCallsRejectedIsNotTaken() {
    assertThat(judged(Progress.ANSWERED, false).claimed()).isEqualTo(Money.REJECTED);
  }

  @Test
  void whatOnlyAUsersRuleCallsRejectedMayHaveBeenTaken() {
    assertThat(judged(Progress.ANSWERED, true).claimed()).isEqualTo(Money.IN_DOUBT);
  }

  private static Outcome judged(Progress progress, boolean byUser) {
    Outcome outcome = Samples.declined(1, "card_declined");
    Verdict verdict = outcome.verdict();
    return new Outcome(
        outcome.id(),
        progress,
        outcome.broken(),
        outcome.answer(),
        outcome.timings(),
        outcome.connection(),
        new Verdict(
            verdict.category(),
            verdict.fault(),
            verdict.money(),
            verdict.action(),
            verdict.gateway(),
            verdict.routingHealth(),
            verdict.slaFault(),
            verdict.rule(),
            verdict.judgedBy(),
            new Trail(
                Optional.of("mine.yaml:3"),
                byUser,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty())),
        outcome.clientStatus(),
        outcome.clientGone());
  }
}
