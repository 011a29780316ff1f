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
/// @param channels what is known of each channel
/// @param running calls under way
/// @param ownNetworkFailsSince since when no provider can be reached, as an ISO instant, or empty
/// @param breakers those that are not closed
/// @param checks how scheduled checks stand
/// @param ledger how the ledger is doing
public record SidecarStatus(
    String version,
    String startedAt,
    boolean ready,
    Map<String, String> listeners,
    List<ProviderStatus> providers,
    List<ChannelStatus> channels,
    int running,
    String ownNetworkFailsSince,
    List<BreakerStatus> breakers,
    ChecksStatus checks,
    LedgerStatus ledger) {

  /// One provider.
  public record ProviderStatus(String name, String profile, String url) {}

  /// One channel.
  ///
  /// @param strategy how a provider is chosen
  /// @param sharing how it keeps out of the way of other sidecars: `alone`, `claims`,
  ///   `claims_or_first`, or `first_only` where they share no ledger
  /// @param ready whether it takes calls: not before it is known which payments stand
  public record ChannelStatus(
      String name, List<String> providers, String strategy, String sharing, boolean ready) {}

  /// The scheduled checks.
  ///
  /// @param scheduled how many there are
  /// @param notUp those that are not up
  /// @param missed runs of all that should have been and were not
  /// @param leaks payments of checks that are out for too long, -1 where that can't be asked now
  /// @param trouble what keeps them from being run, or empty
  /// @param usOrThem sentences that say whose trouble it is, by live calls and checks side by side
  public record ChecksStatus(
      int scheduled,
      List<CheckStatus> notUp,
      long missed,
      int leaks,
      String trouble,
      List<String> usOrThem) {}

  /// The ledger.
  ///
  /// @param written exchanges that the store was fed
  /// @param notKept records that the journal could not take
  /// @param leftOut records of the journal that the store can't be fed
  /// @param inDoubt exchanges in doubt, -1 where that can't be asked now
  /// @param degraded what keeps the ledger from doing what it should, or empty
  /// @param lastProblem the last thing that went wrong, even if it is over, or empty
  public record LedgerStatus(
      String folder,
      StoreStatus store,
      JournalStatus journal,
      long written,
      long notKept,
      long leftOut,
      long inDoubt,
      String degraded,
      String lastProblem) {}

  /// The store.
  ///
  /// @param kind `embedded` or the database's URL
  /// @param trouble what keeps it from taking records now, or empty
  /// @param troubleSince since when, as an ISO instant, or empty
  /// @param bytes what the embedded database takes on the disk; -1 for another
  public record StoreStatus(String kind, String trouble, String troubleSince, long bytes) {}

  /// The journal.
  ///
  /// @param lagBytes how much of it the store has not been fed
  /// @param lagSeconds how long ago the oldest record was written that the store lacks
  /// @param bytes what it takes on the disk
  /// @param maxBytes what it may take
  /// @param diskFreeBytes what the disk has left
  /// @param damages damaged places found in it
  /// @param lastDamage the last of them, with file and offsets, or empty
  /// @param trouble what keeps it from growing, or empty
  /// @param troubleSince since when, as an ISO instant, or empty
  public record JournalStatus(
      long lagBytes,
      double lagSeconds,
      long bytes,
      long maxBytes,
      long diskFreeBytes,
      long damages,
      String lastDamage,
      String trouble,
      String troubleSince) {}
}
