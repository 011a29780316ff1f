package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Progress;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.fault.Moment;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.taxonomy.Money;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P2 over the death of the process. Intents are written beside the request path, so one of the
/// last moments before a kill may be missing; the test kills after the intents can be read.
class KilledSidecarTest {

  private static final List<Moment> MOMENTS =
      List.of(Moment.RECEIVED, Moment.WORKING, Moment.ANSWERED, Moment.BODY);

  @TempDir private Path folder;

  @Test
  void whatTheGatewayReceivedIsFinishedOrInDoubtAfterKillNine() throws Exception {
    try (FakeStripe stripe = FakeStripe.start();
        ChildSidecar child = ChildSidecar.start(folder, stripe, "")) {
      Payments.send(Payments.stripe(child.url("stripe"), "finished"));
      for (Moment moment : MOMENTS) {
        stripe.faults().next(Fault.stall().at(moment));
      }
      for (Moment moment : MOMENTS) {
        var _ = Payments.sendAsync(Payments.stripe(child.url("stripe"), "at-" + moment));
      }
      assertThat(stripe.faults().awaitHeld(MOMENTS.size(), MoneyRig.LIMIT)).isTrue();
      child.awaitRecorded(1 + MOMENTS.size());

      child.kill();

      List<Exchange> left = child.left();
      stripe.faults().clear();
      assertThat(left).hasSize(1 + MOMENTS.size());
      assertThat(money(left.getLast())).isEqualTo(Money.SUCCEEDED);
      assertThat(left.subList(0, MOMENTS.size()))
          .allSatisfy(exchange -> {
            assertThat(money(exchange)).isEqualTo(Money.IN_DOUBT);
            assertThat(exchange.outcome().orElseThrow().progress()).isEqualTo(Progress.MAYBE_SENT);
          });
      assertThat(stripe.book().charges())
          .isNotEmpty()
          .allSatisfy(charge ->
              assertThat(left)
                  .extracting(each -> each.intent().correlation().reference().orElse(""))
                  .contains(charge.reference()));
    }
  }

  private static Money money(Exchange exchange) {
    return exchange.outcome().orElseThrow().verdict().money();
  }
}
