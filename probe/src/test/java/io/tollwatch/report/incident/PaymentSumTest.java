package io.tollwatch.report.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Correlation;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Handles;
import io.tollwatch.exchange.Intent;
import io.tollwatch.ledger.Samples;
import io.tollwatch.taxonomy.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What an incident puts at risk: payments, not attempts.
class PaymentSumTest {

  private final PaymentSum sum = new PaymentSum();
  private int number;

  private void add(Operation operation, String provider, String key, String reference, String id) {
    Intent any = Samples.intent(++number, provider, operation, "");
    Handles handles =
        new Handles(
            given(id),
            OptionalLong.of(1000),
            Optional.of("eur"),
            Optional.empty(),
            Handles.Resolve.BY_LOOKUP);
    Correlation known =
        new Correlation(
            any.correlation().traceparent(),
            Optional.empty(),
            Optional.empty(),
            given(key),
            given(reference),
            Optional.empty(),
            handles,
            Optional.empty());
    sum.add(
        new Exchange(
            new Intent(
                any.id(),
                any.startedAt(),
                any.origin(),
                any.provider(),
                any.profile(),
                any.operation(),
                any.movesMoney(),
                any.method(),
                any.target(),
                any.fields(),
                any.body(),
                known,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            Optional.empty(),
            List.of()));
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(each -> !each.isEmpty());
  }

  @Test
  void aPaymentThatIsTriedAgainCountsOnce() {
    add(Operation.PAY, "stripe", "key-1", "order-1", "");
    add(Operation.PAY, "stripe", "key-1", "", ""); // by its key
    add(Operation.PAY, "stripe", "key-2", "order-1", ""); // by its reference
    add(Operation.PAY, "adyen", "key-2", "", ""); // by what it was tried with before, elsewhere
    add(Operation.PAY, "stripe", "", "order-1", "pi_1");
    add(Operation.PAY, "stripe", "", "", "pi_1"); // by the gateway's id

    assertThat(sum.sum().payments()).isEqualTo(1);
    assertThat(sum.sum().minor()).isEqualTo(Map.of("eur", 1000L));
  }

  @Test
  void whatIsAnotherPaymentOrNothingTellsCountsForItself() {
    add(Operation.PAY, "stripe", "key-1", "order-1", "pi_1");
    add(Operation.PAY, "stripe", "key-2", "order-2", "pi_2");
    add(Operation.REFUND, "stripe", "", "order-1", ""); // another amount of the same order
    add(Operation.PAY, "other-account", "", "", "pi_1"); // an id of somebody else's
    add(Operation.PAY, "stripe", "", "", "");
    add(Operation.PAY, "stripe", "", "", "");

    assertThat(sum.sum().payments()).isEqualTo(6);
    assertThat(sum.sum().minor()).isEqualTo(Map.of("eur", 6000L));
  }
}
