package io.tollwatch.proxy.judging;

import io.tollwatch.taxonomy.Operation;
import io.tollwatch.verdict.Verdict;
import java.util.Optional;

/// What came of judging one thing that was found. Immutable, redacted.
public sealed interface Judged {

  /// Where it stands.
  String place();

  /// It has a verdict.
  ///
  /// @param gateway who answered
  /// @param request method and path of what it answers; empty where that is not known and a payment
  ///   is assumed
  /// @param status empty if no answer came
  record Answer(
      String place,
      String gateway,
      Optional<String> request,
      Operation operation,
      Optional<Integer> status,
      Verdict verdict)
      implements Judged {}

  /// It is of a host that no provider is known for.
  record Elsewhere(String place) implements Judged {}

  /// It has none.
  ///
  /// @param reason what is wrong and what would be right
  record Not(String place, String reason) implements Judged {}
}
