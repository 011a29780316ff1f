package io.tollwatch.proxy.cli;

import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseSpan;
import io.tollwatch.timing.PhaseTimings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Draws the phases of an attempt as bars along its time. Immutable.
record Waterfall(Terminal terminal) {

  private static final int WIDEST = 60;
  private static final int NARROWEST = 10;

  /// What stands beside the bars.
  private static final int BESIDE = 48;

  /// A line for each phase that happened, one for Tollwatch's own share, one for the total.
  ///
  /// @param broke the phase that broke
  List<String> lines(PhaseTimings timings, Optional<Phase> broke) {
    Paint paint = terminal.paint();
    long total = timings.totalNanos();
    List<String> lines = new ArrayList<>();
    for (PhaseSpan span : timings.spans()) {
      boolean bad = broke.filter(phase -> phase == span.phase()).isPresent();
      String bar = bar(span, total);
      lines.add(
          line(span.phase().word(), bad ? paint.bad(bar) : paint.cool(bar), span.nanos(), total)
              + (bad ? paint.bad("  broke here") : ""));
    }
    String blank = " ".repeat(width());
    lines.add(line("own", blank, timings.ownNanos(), total));
    lines.add(line("total", blank, total, total));
    return lines;
  }

  private static String line(String name, String bar, long nanos, long total) {
    double share = total == 0 ? 0 : 100.0 * nanos / total;
    return "  %-8s %s %10.3f ms %3.0f %%".formatted(name, bar, nanos / 1e6, share);
  }

  /// Never empty: a phase that happened is seen, however short; one of less than half a column is
  /// thinner.
  private String bar(PhaseSpan span, long totalNanos) {
    int width = width();
    double columns = (double) width / Math.max(1, totalNanos);
    int from = (int) Math.min(width - 1L, (long) (span.startNanos() * columns));
    int to = (int) Math.min(width, (long) Math.ceil(span.endNanos() * columns));
    int length = Math.max(1, to - from);
    boolean thin = (span.endNanos() - span.startNanos()) * columns < 0.5;
    return " ".repeat(from)
        + (thin ? thin() : thick()).repeat(thin ? 1 : length)
        + " ".repeat(Math.max(0, width - from - (thin ? 1 : length)));
  }

  private String thick() {
    return terminal.blocks() ? "█" : "#";
  }

  private String thin() {
    return terminal.blocks() ? "▏" : "|";
  }

  private int width() {
    return Math.clamp(terminal.width() - (long) BESIDE, NARROWEST, WIDEST);
  }
}
