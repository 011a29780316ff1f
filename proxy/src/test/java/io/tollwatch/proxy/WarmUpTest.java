package io.tollwatch.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.proxy.egress.OnDemand;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  private final List<String> made = new CopyOnWriteArrayList<>();

  @Test
  void goesThroughAllProvidersWhateverBecomesOfOne() throws InterruptedException {
    Thread thread = WarmUp.start(List.of(broken("a"), broken("b")));
    thread.join();
    assertThat(thread.isDaemon()).as("it keeps no process alive").isTrue();
    assertThat(made).containsExactly("a", "b");
  }

  private OnDemand broken(String name) {
    return new OnDemand(() -> {
      made.add(name);
      throw new IllegalStateException("not this time");
    });
  }
}
