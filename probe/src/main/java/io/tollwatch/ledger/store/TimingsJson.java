package io.tollwatch.ledger.store;

import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseSpan;
import io.tollwatch.timing.PhaseTimings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.util.StdConverter;

/// Phase timings as they stand in JSON: a phase that did not happen is not among the phases.
/// Immutable.
///
/// @param ownNs Tollwatch's own share; derived, so not read back
/// @param phases by the phase's word, in the order of their first start
record TimingsJson(long totalNs, long ownNs, Map<String, Span> phases) {

  /// One phase.
  ///
  /// @param spentNs the time really spent in it, which is less than its length where it alternated
  record Span(long startNs, long endNs, long spentNs) {}

  /// To JSON.
  static final class Write extends StdConverter<PhaseTimings, TimingsJson> {
    @Override
    public TimingsJson convert(PhaseTimings timings) {
      Map<String, Span> phases = new LinkedHashMap<>();
      for (PhaseSpan span : timings.spans()) {
        phases.put(span.phase().word(), new Span(span.startNanos(), span.endNanos(), span.nanos()));
      }
      return new TimingsJson(timings.totalNanos(), timings.ownNanos(), phases);
    }
  }

  /// From JSON.
  static final class Read extends StdConverter<TimingsJson, PhaseTimings> {
    @Override
    public PhaseTimings convert(TimingsJson json) {
      List<PhaseSpan> spans =
          json.phases().entrySet().stream()
              .map(entry -> span(entry.getKey(), entry.getValue()))
              .toList();
      return new PhaseTimings(spans, json.totalNs());
    }

    private static PhaseSpan span(String phase, Span span) {
      return new PhaseSpan(
          Phase.valueOf(phase.toUpperCase(Locale.ROOT)),
          span.startNs(),
          span.endNs(),
          span.spentNs());
    }
  }
}
