package io.tollwatch.exchange;

import java.time.Instant;
import java.util.function.UnaryOperator;

/// What somebody noted of an incident. Immutable, redacted.
///
/// @param incident the incident's id
/// @param who who noted it
public record IncidentNote(String incident, Instant at, String who, String text) {

  /// The same with what may be kept of what people wrote.
  public IncidentNote redacted(UnaryOperator<String> redaction) {
    return new IncidentNote(incident, at, redaction.apply(who), redaction.apply(text));
  }
}
