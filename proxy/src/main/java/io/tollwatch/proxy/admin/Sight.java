package io.tollwatch.proxy.admin;

import io.tollwatch.ledger.store.ExchangeReader;
import java.util.Optional;

/// What the admin API can see and do. Thread-safe.
public interface Sight {

  /// How it is.
  SidecarStatus status();

  /// Whether it takes calls.
  boolean ready();

  /// All metrics in the Prometheus text format.
  String metrics();

  /// The ledger, to be read.
  ExchangeReader ledger();

  /// Takes the configuration file anew, whole or not at all.
  ///
  /// @return what is wrong; empty if it is in force
  Optional<String> reload();
}
