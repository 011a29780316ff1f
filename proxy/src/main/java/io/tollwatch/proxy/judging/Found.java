package io.tollwatch.proxy.judging;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.exchange.Exchange;
import java.util.Optional;

/// What was found at one place of a file. Immutable.
public sealed interface Found {

  /// Where it begins, such as `answers.jsonl:3`.
  String place();

  /// An answer as a gateway gave it. Raw: as secret as what it holds.
  ///
  /// @param gateway the provider or profile that the file names
  /// @param asked what it answers, if the file has that
  record Answer(
      String place,
      Optional<String> gateway,
      Optional<Asked> asked,
      int status,
      Fields fields,
      CapturedBody body)
      implements Found {}

  /// An exchange as the ledger has it, redacted already.
  record Recorded(String place, Exchange exchange) implements Found {}

  /// Nothing that can be judged.
  ///
  /// @param reason what is wrong and what would be right; shows nothing of the content
  record Unreadable(String place, String reason) implements Found {}

  /// A request, raw.
  ///
  /// @param url a whole URL, or path and query alone
  record Asked(String method, String url, Fields fields, String body) {}
}
