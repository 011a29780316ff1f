package io.tollwatch.proxy.admin;

import java.util.List;
import java.util.Map;

/// What a running sidecar says of itself. Immutable; no secrets.
///
/// @param version of Tollwatch
/// @param startedAt as an ISO instant
/// @param ready whether it takes calls
/// @param listeners addresses by name
/// @param providers what is known of each provider
/// @param running calls under way
/// @param ledger how the ledger is doing
public record SidecarStatus(
    String version,
    String startedAt,
    boolean ready,
    Map<String, String> listeners,
    List<ProviderStatus> providers,
    int running,
    LedgerStatus ledger) {

  /// One provider.
  public record ProviderStatus(String name, String profile, String url) {}

  /// The ledger.
  ///
  /// @param trouble what keeps the store from taking records now, or empty
  public record LedgerStatus(
      String folder, int queued, long written, long dropped, long inDoubt, String trouble) {}
}
