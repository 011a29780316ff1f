package io.tollwatch.checks.plain;

import io.tollwatch.checks.script.PlainProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// Makes plain probes, straight from here: not through an upstream proxy. Thread-safe. Each ends
/// within its time; what answers too slowly is cut.
public final class PlainProbes {

  private final AnswerMemory memory;
  private final InstantSource clock;
  private final LongSupplier nanos;

  /// @param memory of what names stood for
  public PlainProbes(AnswerMemory memory, InstantSource clock, LongSupplier nanos) {
    this.memory = memory;
    this.clock = clock;
    this.nanos = nanos;
  }

  /// Makes one.
  ///
  /// @param check whose probe it is
  public Looked look(String check, PlainProbe probe, Site site, Duration limit) {
    String host = probe.host().orElse(site.endpoint().host());
    return switch (probe) {
      case PlainProbe.Names names ->
          new NamesLook(memory, nanos).look(check + "/" + names.name(), names, host, limit);
      case PlainProbe.Connect connect ->
          new ConnectLook(nanos).look(host, connect.port().orElse(site.endpoint().port()), limit);
      case PlainProbe.Certificates certificates ->
          new CertificatesLook(site, clock)
              .look(
                  host,
                  certificates.port().orElse(site.endpoint().port()),
                  certificates.daysLeft(),
                  limit);
    };
  }
}
