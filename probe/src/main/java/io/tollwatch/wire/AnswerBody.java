package io.tollwatch.wire;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseTimer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Where an answer's body goes: its beginning is captured; it is held back or streamed to the
/// caller as the receiver wants. Confined to the trip.
final class AnswerBody {

  private static final int COPY_BYTES = 16 * 1024;

  private final AnswerHead head;
  private final AnswerReceiver receiver;
  private final int captureLimit;
  private final ByteArrayOutputStream captured = new ByteArrayOutputStream(2048);
  private final boolean held;
  private @Nullable OutputStream caller;
  private long totalBytes;
  private boolean callerGone;
  private boolean ended;

  AnswerBody(AnswerHead head, AnswerReceiver receiver, int captureLimit) {
    this.head = head;
    this.receiver = receiver;
    this.captureLimit = captureLimit;
    this.held = receiver.hold(head);
  }

  /// @param length how many bytes come; negative if nobody said
  void takeAll(InputStream from, long length, PhaseTimer timer) throws IOException {
    byte[] buffer = new byte[length < 0 ? COPY_BYTES : Math.clamp(length, 1, COPY_BYTES)];
    if (!held) {
      toCaller(timer, this::open);
    }
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      take(buffer, count, timer);
    }
    ended = true;
  }

  /// The answer has no body.
  void end(PhaseTimer timer) throws IOException {
    if (!held) {
      toCaller(timer, this::open);
    }
    ended = true;
  }

  CapturedBody captured() {
    return new CapturedBody(
        captured.toByteArray(), totalBytes, ended && totalBytes == captured.size());
  }

  private void take(byte[] buffer, int count, PhaseTimer timer) throws IOException {
    int room = captureLimit - captured.size();
    if (held && caller == null && !callerGone && count > room) {
      toCaller(timer, this::openLate);
    }
    captured.write(buffer, 0, Math.min(count, room));
    totalBytes += count;
    if (caller != null) {
      toCaller(timer, () -> write(buffer, count));
    }
  }

  private void open() throws IOException {
    caller = receiver.stream(head);
  }

  private void openLate() throws IOException {
    caller = receiver.stream(head);
    caller.write(captured.toByteArray());
  }

  private void write(byte[] buffer, int count) throws IOException {
    if (caller != null) {
      caller.write(buffer, 0, count);
    }
  }

  private void toCaller(PhaseTimer timer, CallerStep step) throws IOException {
    timer.enter(Phase.CLIENT);
    try {
      step.run();
    } catch (IOException e) {
      caller = null;
      callerGone = true;
      if (!receiver.finishWithoutCaller()) {
        throw new CallerCut(e);
      }
    }
    timer.enter(Phase.RECEIVE);
  }

  /// Something that fails when the caller is gone.
  @FunctionalInterface
  private interface CallerStep {
    void run() throws IOException;
  }
}
