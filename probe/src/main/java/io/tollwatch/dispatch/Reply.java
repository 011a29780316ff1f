package io.tollwatch.dispatch;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Progress;
import io.tollwatch.exchange.Decision;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/// What the caller gets. Immutable.
public sealed interface Reply {

  /// The exchange's id.
  String exchange();

  /// The provider that it went to, or would have gone to.
  String provider();

  /// An earlier attempt of the payment that may have been taken, where this call took nothing: it
  /// is what a caller must know of the payment. Immutable.
  ///
  /// @param exchange that attempt's exchange
  /// @param money what it came to
  record Earlier(String exchange, Money money) {}

  /// The provider's answer, whole and judged.
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, copied by nobody: the hot path
  record Whole(
      String exchange,
      String provider,
      AnswerHead head,
      byte[] body,
      Verdict verdict,
      Optional<Earlier> earlier)
      implements Reply {}

  /// The provider's answer was streamed already.
  ///
  /// @param whole whether it came to its end; if not, it must be cut for the caller too
  record Streamed(String exchange, String provider, boolean whole) implements Reply {}

  /// There is no complete answer, and nothing of one was passed on.
  record Lost(
      String exchange,
      String provider,
      Breakage breakage,
      Progress progress,
      Verdict verdict,
      Optional<Earlier> earlier)
      implements Reply {}

  /// Nothing was sent, because an earlier call of the same payment may have been.
  ///
  /// @param earlier that call's exchange
  /// @param money what that call came to
  /// @param reason one line for people
  record Refused(String exchange, String provider, String earlier, Money money, String reason)
      implements Reply {}

  /// Nothing was sent, because there is no provider that it may go to.
  ///
  /// @param decisions what was decided of the channel's providers
  record Unrouted(
      String exchange, String provider, Unroutable why, List<Decision> decisions, Verdict verdict)
      implements Reply {

    public Unrouted {
      decisions = List.copyOf(decisions);
    }
  }

  /// Nothing was sent, because it could not have been recorded.
  ///
  /// @param reason for people
  record Unrecorded(String exchange, String provider, String reason, Verdict verdict)
      implements Reply {}
}
