package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.http.HeaderField;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The trace context on its way to the gateway, and in the ledger.
class TraceContextTest {

  private static final String SENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @TempDir private Path folder;

  @Test
  void theCallersGoesOnUntouchedAndOneIsMadeWhereThereIsNone() {
    try (MoneyRig rig = MoneyRig.start(folder, "keep-alive: 0s")) {
      Payments.send(
          Payments.stripe(rig.url("stripe"), "trace-1")
              .header("TraceParent", SENT)
              .header("tracestate", "shop=1,bank=2"));
      assertThat(received(rig, "TraceParent")).containsExactly(SENT);
      assertThat(received(rig, "tracestate")).containsExactly("shop=1,bank=2");
      assertThat(rig.last().intent().correlation().traceparent()).isEqualTo(SENT);

      rig.stripe.book().clear();
      Payments.send(Payments.stripe(rig.url("stripe"), "trace-2"));
      assertThat(received(rig, "traceparent"))
          .containsExactly(rig.last().intent().correlation().traceparent())
          .allMatch(made -> made.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00"));
    }
  }

  private static List<String> received(MoneyRig rig, String name) {
    return rig.stripe.book().requests().getFirst().fields().stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(HeaderField::value)
        .toList();
  }
}
