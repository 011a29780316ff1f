package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.gateway.FakeStripe;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway that takes calls and never answers, beside one that is well. What thousands of them
/// cost is measured by `proxy/bench/hanging.sh`.
class HungProviderTest {

  private static final int HUNG = 300;
  private static final int CALLS = 200;

  @TempDir private Path folder;
  private final FakeStripe hung = FakeStripe.start();
  private final FakeStripe well = FakeStripe.start();
  private final List<EgressClient> waiting = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    hung.faults().clear();
    for (EgressClient client : waiting) {
      client.close();
    }
    hung.close();
    well.close();
  }

  @Test
  void leavesTheOthersTheirLatency() throws Exception {
    hung.faults().always(Fault.stall());
    try (EgressRig rig =
        EgressRig.startWith(
            folder,
            "max-connections: 65536,",
            provider(
                "hung",
                hung,
                "pool-size: 4096",
                "pool-timeout: 1m",
                "limits: {max-running: %d}".formatted(HUNG)),
            provider("well", well))) {
      median(rig); // the first calls compile
      long before = median(rig);
      for (int i = 0; i < HUNG; i++) {
        waiting.add(paying(rig, i));
      }
      assertThat(hung.faults().awaitHeld(HUNG, MoneyRig.LIMIT)).isTrue();

      long during = median(rig);

      String figures =
          "%d calls wait: median %d us before, %d us now"
              .formatted(HUNG, before / 1000, during / 1000);
      assertThat(during).as(figures).isLessThan(before * 2 + 1_000_000);
    }
  }

  @Test
  void refusesWhatIsTooMuchWithNothingSent() throws Exception {
    hung.faults().always(Fault.stall());
    try (EgressRig rig =
        EgressRig.start(
            folder, provider("hung", hung, "limits: {max-running: 5, min-running: 1}"))) {
      for (int i = 0; i < 5; i++) {
        waiting.add(paying(rig, i));
      }
      assertThat(hung.faults().awaitHeld(5, MoneyRig.LIMIT)).isTrue();

      HttpResponse<String> refused = Payments.send(Payments.stripe(rig.egress() + "/hung", "six"));

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(Payments.money(refused)).isEqualTo("not_sent");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(refused.body()).contains("urn:tollwatch:problem:provider-busy");
    }
  }

  private static String provider(String name, FakeStripe stripe, String... more) {
    return EgressRig.provider(name, "stripe", stripe.url(), more);
  }

  private static EgressClient paying(EgressRig rig, int number) throws IOException {
    return rig.client()
        .post(
            "/hung/v1/payment_intents",
            "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa",
            "Authorization: Bearer sk_test_hung",
            "Content-Type: application/x-www-form-urlencoded",
            "Idempotency-Key: hung-" + number);
  }

  private static long median(EgressRig rig) throws IOException {
    long[] nanos = new long[CALLS];
    try (EgressClient client = rig.client()) {
      for (int i = 0; i < CALLS; i++) {
        long begun = System.nanoTime();
        client.get("/well/v1/payment_intents/pi_none", "Authorization: Bearer sk_test_well");
        client.got();
        nanos[i] = System.nanoTime() - begun;
      }
    }
    Arrays.sort(nanos);
    return nanos[CALLS / 2];
  }
}
