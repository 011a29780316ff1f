package io.tollwatch.health;

import io.tollwatch.taxonomy.Category;
import io.tollwatch.verdict.Verdict;
import java.util.Set;

/// What a call says of the health of the provider that it went to.
public enum Sign {
  /// It can be used. Declines are answers (P8).
  FINE,
  /// It can't be used now.
  FAILED,
  /// It could not even be reached: its own doing, or our network's.
  UNREACHED,
  /// Nothing: our own caller or our own machine ended the call.
  NONE;

  private static final String TRANSPORT = "transport/";

  /// Where nothing came as far as the gateway, so that several gateways at once point at what they
  /// have in common: us.
  private static final Set<String> NETWORK =
      Set.of(
          "dns_failure",
          "connect_refused",
          "connect_timeout",
          "no_route",
          "local_resource",
          "egress_proxy",
          "tls_timeout");

  private static final Set<String> OURS = Set.of("client_abort", "shutdown");

  /// What a verdict says.
  public static Sign of(Verdict verdict) {
    String broken =
        verdict.rule().startsWith(TRANSPORT) ? verdict.rule().substring(TRANSPORT.length()) : "";
    if (verdict.category() == Category.NOT_SENT && NETWORK.contains(broken)) {
      return UNREACHED;
    }
    if (verdict.routingHealth()) {
      return FAILED;
    }
    return OURS.contains(broken) || verdict.category() == Category.NOT_SENT ? NONE : FINE;
  }

  /// Whether the provider was there.
  boolean reached() {
    return this == FINE || this == FAILED;
  }
}
