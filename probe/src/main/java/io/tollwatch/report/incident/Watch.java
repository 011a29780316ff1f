package io.tollwatch.report.incident;

import io.tollwatch.exchange.Incident.Sign;
import java.util.List;

/// Looks for one kind of sign, minute by minute. Confined to one search.
interface Watch {

  /// Looks at the calls once a minute is over.
  void look(long minute, Course course);

  /// The signs seen, the last perhaps not over.
  List<Sign> signs();
}
