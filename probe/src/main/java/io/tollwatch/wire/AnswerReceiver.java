package io.tollwatch.wire;

import io.tollwatch.attempt.AnswerHead;
import java.io.IOException;
import java.io.OutputStream;

/// Who takes a provider's answer while it comes. Called by the attempt's own thread only.
public interface AnswerReceiver {

  /// The answer's head has come. True if the body shall be held back until it is whole: it is then
  /// found in the attempt, and [#stream] is called only if it outgrows the capture limit.
  boolean hold(AnswerHead head);

  /// The body will be streamed: gives where to. Called at most once.
  ///
  /// @throws IOException if the caller is gone
  OutputStream stream(AnswerHead head) throws IOException;

  /// The caller went away while the answer was streamed. True if the rest of the answer shall be
  /// read all the same, for the record; false if the connection shall be closed.
  boolean finishWithoutCaller();
}
