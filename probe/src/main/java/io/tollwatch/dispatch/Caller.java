package io.tollwatch.dispatch;

import io.tollwatch.attempt.AnswerHead;
import java.io.IOException;
import java.io.OutputStream;

/// Whoever wants a call made, as far as it must be asked while the call runs. Used by the call's
/// thread only.
public interface Caller {

  /// The answer will be streamed, because it is long or moves no money: gives where to. Called at
  /// most once; whether the stream came to its end is in the reply.
  ///
  /// @param head the provider's
  /// @param exchange the exchange's id
  /// @param provider the provider's name
  /// @throws IOException if the caller is gone
  OutputStream stream(AnswerHead head, String exchange, String provider) throws IOException;
}
