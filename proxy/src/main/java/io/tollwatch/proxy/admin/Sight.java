package io.tollwatch.proxy.admin;

import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.report.Reports;
import java.util.Optional;

/// What the admin API can see and do. Thread-safe.
public interface Sight {

  /// How it is.
  SidecarStatus status();

  /// Whether it takes calls.
  boolean ready();

  /// All metrics in the Prometheus text format.
  String metrics();

  /// What keeps the ledger from doing what it should, for people; empty if nothing does.
  Optional<String> degraded();

  /// The ledger, to be read, with everything recorded so far where the store can be had in time.
  ExchangeReader ledger();

  /// Reports of the ledger, likewise.
  Reports reports();

  /// Takes the configuration file anew, whole or not at all.
  ///
  /// @return what is wrong; empty if it is in force
  Optional<String> reload();
}
