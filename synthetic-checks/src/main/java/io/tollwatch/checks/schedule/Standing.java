package io.tollwatch.checks.schedule;

import java.time.Instant;

/// How a check stands, and the runs that made it so. Immutable.
///
/// ```
///              one failed                 N of M failed
///   UP  ─────────────────────► PENDING ─────────────────► DOWN
///    ▲                            │                         │
///    └────────────────────────────┴─────────────────────────┘
///                 so many in a row passed
/// ```
///
/// @param since when it came to stand so
/// @param last what the last runs came to, oldest first: `+` passed, `-` failed; at most
///   [Patience#MOST]
public record Standing(CheckState state, Instant since, String last) {

  /// That of a check that has not run.
  public static Standing fresh(Instant now) {
    return new Standing(CheckState.PENDING, now, "");
  }

  /// After one more run.
  public Standing after(boolean passed, Instant when, Patience patience) {
    String all = last + (passed ? '+' : '-');
    String recent = all.substring(Math.max(0, all.length() - Patience.MOST));
    CheckState next = next(recent, passed, patience);
    return new Standing(next, next == state ? since : when, recent);
  }

  private CheckState next(String recent, boolean passed, Patience patience) {
    if (passed && inARow(recent) >= patience.passed()) {
      return CheckState.UP;
    }
    boolean down = state == CheckState.DOWN || (!passed && enoughFailed(recent, patience));
    return down ? CheckState.DOWN : CheckState.PENDING;
  }

  private static int inARow(String recent) {
    return recent.length() - 1 - recent.lastIndexOf('-');
  }

  private static boolean enoughFailed(String recent, Patience patience) {
    return recent
            .substring(Math.max(0, recent.length() - patience.of()))
            .chars()
            .filter(each -> each == '-')
            .count()
        >= patience.failed();
  }

  /// Whether it is to be looked again soon: nothing is decided, or it may be coming back.
  public boolean undecided() {
    return switch (state) {
      case UP -> false;
      case PENDING -> !last.isEmpty();
      case DOWN -> last.endsWith("+");
    };
  }
}
