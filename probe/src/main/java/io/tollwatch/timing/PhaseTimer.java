package io.tollwatch.timing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Measures one attempt. At any moment at most one phase is open; entering one closes the other, so
/// the phases can neither overlap nor leave out time, and the phase that is open when an attempt
/// breaks is the phase that broke.
///
/// Written by the attempt's own thread only; [#phase()] and [#quietSinceNanos()] may be read by
/// another one, which sees a recent value. If it reads the phase first, the time is no older than
/// that phase: a call whose caller was slow is not taken for one whose provider is.
public final class PhaseTimer {

  private final LongSupplier nanos;
  private final long startNanos;
  private final EnumMap<Phase, Tally> tallies = new EnumMap<>(Phase.class);
  private volatile @Nullable Phase open;
  private volatile long markNanos;

  /// Starts the attempt's time.
  ///
  /// @param nanos a monotonic clock, such as `System::nanoTime`
  public PhaseTimer(LongSupplier nanos) {
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
    this.markNanos = startNanos;
  }

  /// Closes the open phase, if any, and opens this one. Entering the open phase again only says
  /// that something moved, see [#quietSinceNanos()].
  public void enter(Phase phase) {
    long now = nanos.getAsLong();
    accumulate(now);
    tallies.computeIfAbsent(phase, ignored -> new Tally(now));
    markNanos = now;
    open = phase;
  }

  /// Closes the open phase, if any: what follows is Tollwatch's own time.
  public void leave() {
    long now = nanos.getAsLong();
    accumulate(now);
    markNanos = now;
    open = null;
  }

  /// The phase that is open now; after a break, the phase that broke.
  public Optional<Phase> phase() {
    return Optional.ofNullable(open);
  }

  /// The clock's reading when a phase was last entered or left: since then nothing moved.
  public long quietSinceNanos() {
    return markNanos;
  }

  /// The clock's reading when the attempt began.
  public long startNanos() {
    return startNanos;
  }

  /// Ends the attempt's time, closing the open phase, and gives what was measured.
  public PhaseTimings stop() {
    leave();
    List<PhaseSpan> spans = new ArrayList<>(tallies.size());
    tallies.forEach((phase, tally) -> spans.add(tally.span(phase, startNanos)));
    spans.sort(Comparator.comparingLong(PhaseSpan::startNanos));
    return new PhaseTimings(spans, markNanos - startNanos);
  }

  private void accumulate(long now) {
    Phase phase = open;
    if (phase != null) {
      Tally tally = Objects.requireNonNull(tallies.get(phase));
      tally.spentNanos += now - markNanos;
      tally.endNanos = now;
    }
  }

  /// What one phase has come to so far, in readings of the clock.
  private static final class Tally {
    private final long firstNanos;
    private long endNanos;
    private long spentNanos;

    Tally(long firstNanos) {
      this.firstNanos = firstNanos;
      this.endNanos = firstNanos;
    }

    PhaseSpan span(Phase phase, long zeroNanos) {
      return new PhaseSpan(phase, firstNanos - zeroNanos, endNanos - zeroNanos, spentNanos);
    }
  }
}
