package io.tollwatch.proxy;

import io.tollwatch.proxy.egress.OnDemand;
import java.util.List;

/// Makes providers ready beside the calls, so that the first caller of each need not wait until its
/// profile is read. On a thread of the system's own: a virtual one that only computes would hold up
/// the calls where there is one processor. Stateless.
final class WarmUp {

  private WarmUp() {}

  /// Begins. A caller that comes first makes its provider itself.
  static Thread start(List<OnDemand> providers) {
    return Thread.ofPlatform()
        .name("tollwatch-warm-up")
        .daemon()
        .start(() -> providers.forEach(WarmUp::make));
  }

  private static void make(OnDemand provider) {
    try {
      provider.get();
    } catch (RuntimeException e) {
      // its first caller comes upon it again, and is told
    }
  }
}
