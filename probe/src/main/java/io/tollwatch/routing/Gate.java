package io.tollwatch.routing;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The failover gate: the only place where it is decided whether a call may go to another provider
/// (P1). A ladder of rungs, asked from the top; the first that holds shuts it. It reads progress
/// first: `unsent` may go on; `maybe_sent` never; `answered` only if the answer is complete, below
/// 500 and judged by a shipped rule that is marked final. No configuration, user rule or script
/// opens it; they can only close it. Immutable, thread-safe.
public final class Gate {

  private final Set<Rung> ladder;

  /// The gate with all its rungs.
  public Gate() {
    this(EnumSet.allOf(Rung.class));
  }

  private Gate(Set<Rung> ladder) {
    this.ladder = ladder;
  }

  /// A gate without those rungs, to show what they are there for: never in a sidecar.
  static Gate without(Set<Rung> missing) {
    Set<Rung> ladder = EnumSet.allOf(Rung.class);
    ladder.removeAll(missing);
    return new Gate(ladder);
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
