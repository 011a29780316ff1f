package io.tollwatch.routing;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The gate: the only place where it is decided whether a call may go to another provider, or to
/// the same one again (P1). A ladder of rungs, asked from the top; the first that holds shuts it.
/// It reads progress first: `unsent` may go on; `maybe_sent` never; `answered` only if the answer
/// is complete, below 500 and judged by a shipped rule that is marked final. No configuration, user
/// rule or script opens it; they can only close it. Immutable, thread-safe.
public final class Gate {

  private final Set<Rung> ladder;
  private final Set<RepeatRung> repeats;

  /// The gate with all its rungs.
  public Gate() {
    this(EnumSet.allOf(Rung.class), EnumSet.allOf(RepeatRung.class));
  }

  private Gate(Set<Rung> ladder, Set<RepeatRung> repeats) {
    this.ladder = ladder;
    this.repeats = repeats;
  }

  /// A gate without those rungs, to show what they are there for: never in a sidecar.
  static Gate without(Set<Rung> missing) {
    Set<Rung> ladder = EnumSet.allOf(Rung.class);
    ladder.removeAll(missing);
    return new Gate(ladder, EnumSet.allOf(RepeatRung.class));
  }

  /// As [#without], of the ladder for repeats.
  static Gate withoutRepeat(RepeatRung missing) {
    return new Gate(EnumSet.allOf(Rung.class), EnumSet.complementOf(EnumSet.of(missing)));
  }

  /// The rung that keeps the call from being sent to the same provider again; empty if none does.
  public Optional<RepeatRung> shut(Again again) {
    return RepeatRung.first(repeats, again);
  }

  /// Whether the call may go to another provider.
  public Ruling ask(Move move) {
    for (Rung rung : ladder) {
      Optional<String> shut = rung.shut(move);
      if (shut.isPresent()) {
        return new Ruling.Shut(rung, shut.get());
      }
    }
    return new Ruling.Open();
  }
}
