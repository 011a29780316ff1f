package io.tollwatch.wire;

import org.apache.hc.core5.http.HttpException;

/// The provider ended the connection inside the head of its answer. HttpCore takes what came for a
/// whole head.
final class AnswerCut extends HttpException {

  private static final long serialVersionUID = 1;

  AnswerCut() {
    super("the connection ended inside the head of the answer");
  }
}
