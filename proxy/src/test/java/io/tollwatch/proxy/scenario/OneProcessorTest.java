package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.gateway.FakeStripe;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On the smallest machine. How long new connections wait there while others keep it busy is
/// measured by `proxy/bench/newcomers.sh`.
class OneProcessorTest {

  @TempDir private Path folder;

  @Test
  void twoCarryTheCallsSinceOneWouldBeginNothingNewWhileItIsBusy() throws Exception {
    try (FakeStripe stripe = FakeStripe.start()) {
      ChildSidecar.configure(folder, stripe, "");
      try (ChildSidecar child = ChildSidecar.start(folder, options("-XX:ActiveProcessorCount=1"))) {
        assertThat(Payments.send(Payments.stripe(child.url("stripe"), "one")).statusCode())
            .isEqualTo(200);

        assertThat(child.diagnosed("Thread.vthread_scheduler")).contains("parallelism = 2,");
      }
    }
  }

  @Test
  void aNumberThatIsGivenStays() throws Exception {
    try (FakeStripe stripe = FakeStripe.start()) {
      ChildSidecar.configure(folder, stripe, "");
      String given = "-XX:ActiveProcessorCount=1 -Djdk.virtualThreadScheduler.parallelism=1";
      try (ChildSidecar child = ChildSidecar.start(folder, options(given))) {

        assertThat(child.diagnosed("Thread.vthread_scheduler")).contains("parallelism = 1,");
      }
    }
  }

  private static Map<String, String> options(String options) {
    return Map.of("JAVA_TOOL_OPTIONS", options);
  }
}
