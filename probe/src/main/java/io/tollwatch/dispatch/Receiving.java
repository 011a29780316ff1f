package io.tollwatch.dispatch;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Attempt;
import io.tollwatch.exchange.Intent;
import io.tollwatch.wire.AnswerReceiver;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/// Takes an answer while it comes. Confined to one attempt.
final class Receiving implements AnswerReceiver {

  private final Provider provider;
  private final Intent intent;
  private final Caller caller;
  private OutputStream out = OutputStream.nullOutputStream();
  private boolean streaming;
  private boolean callerGone;

  Receiving(Provider provider, Intent intent, Caller caller) {
    this.provider = provider;
    this.intent = intent;
    this.caller = caller;
  }

  @Override
  public boolean hold(AnswerHead head) {
    return intent.movesMoney()
        && !head.fields()
            .first("Content-Type")
            .orElse("")
            .toLowerCase(Locale.ROOT)
            .startsWith("text/event-stream");
  }

  @Override
  public OutputStream stream(AnswerHead head) throws IOException {
    streaming = true;
    out = caller.stream(head, intent.id(), provider.name());
    return out;
  }

  @Override
  public boolean finishWithoutCaller() {
    callerGone = true;
    return provider.finishWithoutCaller();
  }

  /// Whether something of the answer went to the caller already.
  boolean streaming() {
    return streaming;
  }

  boolean callerGone() {
    return callerGone;
  }

  /// Ends the caller's stream if the answer came to its end. Gives whether it did, for the caller.
  boolean finish(Attempt attempt) {
    if (callerGone || !(attempt instanceof Attempt.Answered)) {
      return false;
    }
    try {
      out.close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
