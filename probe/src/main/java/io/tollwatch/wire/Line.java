package io.tollwatch.wire;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.GatewayRequest;

/// The way to one provider. Thread-safe; each attempt runs on its caller's thread.
public interface Line extends AutoCloseable {

  /// Makes one attempt that can be broken off while it runs: it sends the request at most once.
  /// Whatever goes wrong on the way is in its result.
  ///
  /// @param caller says when our own caller goes away
  Attempt send(GatewayRequest request, AnswerReceiver receiver, CallerWatch caller);

  /// Closes idle connections now and used ones when their attempts are done. Attempts under way go
  /// on.
  void retire();

  /// Closes all connections; attempts under way break.
  @Override
  void close();
}
