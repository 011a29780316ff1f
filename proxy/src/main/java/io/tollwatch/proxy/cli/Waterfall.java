package io.tollwatch.proxy.cli;

import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseSpan;
import io.tollwatch.timing.PhaseTimings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Draws the phases of an attempt as bars along its time. Immutable.
record Waterfall(Paint paint) {

  private static final int WIDTH = 48;

  /// A line for each phase that happened, one for Tollwatch's own share, one for the total.
  ///
  /// @param broke the phase that broke
  List<String> lines(PhaseTimings timings, Optional<Phase> broke) {
    List<String> lines = new ArrayList<>();
    for (PhaseSpan span : timings.spans()) {
      boolean bad = broke.filter(phase -> phase == span.phase()).isPresent();
      String bar = bar(span, timings.totalNanos());
      lines.add(
          "  %-8s %s %s%s"
              .formatted(
                  span.phase().word(),
                  bad ? paint.bad(bar) : paint.cool(bar),
                  millis(span.nanos()),
                  bad ? paint.bad("  broke here") : ""));
    }
    lines.add("  %-8s %s %s".formatted("own", " ".repeat(WIDTH), millis(timings.ownNanos())));
    lines.add("  %-8s %s %s".formatted("total", " ".repeat(WIDTH), millis(timings.totalNanos())));
    return lines;
  }

  private static String bar(PhaseSpan span, long totalNanos) {
    long total = Math.max(1, totalNanos);
    int from = (int) Math.min(WIDTH - 1, span.startNanos() * WIDTH / total);
    int to = (int) Math.min(WIDTH, Math.ceilDiv(span.endNanos() * WIDTH, total));
    int length = Math.max(1, to - from);
    return " ".repeat(from) + "█".repeat(length) + " ".repeat(Math.max(0, WIDTH - from - length));
  }

  private static String millis(long nanos) {
    return "%10.3f ms".formatted(nanos / 1e6);
  }
}
