package io.tollwatch.proxy.http1;

import java.io.IOException;

/// Answers requests. Thread-safe.
public interface Http1Handler {

  /// Answers one request.
  ///
  /// @throws IOException if the client went away; the connection is then closed
  void handle(ServerExchange exchange) throws IOException;

  /// Answers what is not a request that can be taken.
  void refuse(Refused refused, AnswerWriter answer) throws IOException;
}
