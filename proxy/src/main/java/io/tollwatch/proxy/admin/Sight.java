package io.tollwatch.proxy.admin;

import io.tollwatch.attempt.Fields;
import io.tollwatch.exchange.Incident;
import io.tollwatch.exchange.IncidentNote;
import io.tollwatch.exchange.Rejudgement;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.reconcile.Doubts;
import io.tollwatch.reconcile.Heard;
import io.tollwatch.report.Reports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the admin API can see and do. Thread-safe.
public interface Sight {

  /// How it is.
  SidecarStatus status();

  /// Whether it takes calls.
  boolean ready();

  /// Whether calls are under way, or were in the last seconds.
  boolean isBusy();

  /// All metrics in the Prometheus text format.
  String metrics();

  /// What keeps the ledger from doing what it should, for people; empty if nothing does.
  Optional<String> degraded();

  /// The ledger, to be read, with everything recorded so far where the store can be had in time.
  ExchangeReader ledger();

  /// Reports of the ledger, likewise.
  Reports reports();

  /// What is in force for the providers of an incident, without secrets.
  Map<String, Object> inForce(Incident incident);

  /// Keeps what somebody notes of an incident, redacted.
  ///
  /// @return whether there is such an incident
  /// @throws java.io.UncheckedIOException if the ledger fails
  boolean note(IncidentNote note);

  /// Keeps what judging again came to, beside the verdicts that are there.
  ///
  /// @return how many were kept
  /// @throws java.io.UncheckedIOException if the database fails
  int keep(List<Rejudgement> rejudgements);

  /// The register of payments in doubt.
  Doubts doubts();

  /// Hears a webhook that the service relays; empty if there is no such provider.
  Optional<Heard> hear(String provider, Fields fields, String body);

  /// The providers at which looks have stopped, because they fail.
  List<String> stopped();

  /// The time.
  Instant now();

  /// Takes the configuration file anew, whole or not at all.
  ///
  /// @return what is wrong; empty if it is in force
  Optional<String> reload();
}
