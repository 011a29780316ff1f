package io.tollwatch.wire;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseTimer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where an answer's body goes: its beginning is captured; it is held back or streamed to the
/// caller as the receiver wants. Confined to the trip.
final class AnswerBody {

  private static final int COPY_BYTES = 16 * 1024;

  /// What is made room for where nobody said how much will come; most answers are shorter.
  private static final int FIRST_BYTES = 2 * 1024;

  private static final byte[] NOTHING = {};

  private final AnswerHead head;
  private final AnswerReceiver receiver;
  private final int captureLimit;
  private final boolean held;

  /// What is captured is read into it, and never copied if it fits.
  private byte[] captured = NOTHING;

  private int capturedBytes;
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
    if (!held) {
      toCaller(timer, this::open);
    }
    int limit = length < 0 ? captureLimit : (int) Math.min(length, captureLimit);
    captured = new byte[Math.min(limit, length < 0 ? FIRST_BYTES : COPY_BYTES)];
    if (capture(from, limit, timer)) {
      passOn(from, length < 0 ? COPY_BYTES : Math.clamp(length - limit, 1, COPY_BYTES), timer);
    }
    ended = true;
  }

  /// Takes what is captured. Gives whether more may come.
  private boolean capture(InputStream from, int limit, PhaseTimer timer) throws IOException {
    while (capturedBytes < limit) {
      if (capturedBytes == captured.length) {
        captured = Arrays.copyOf(captured, (int) Math.min(2L * captured.length, limit));
      }
      int count = from.read(captured, capturedBytes, captured.length - capturedBytes);
      if (count < 0) {
        return false;
      }
      capturedBytes += count;
      take(captured, capturedBytes - count, count, timer);
    }
    return true;
  }

  /// Takes what is not captured any more.
  private void passOn(InputStream from, int bufferBytes, PhaseTimer timer) throws IOException {
    byte[] buffer = new byte[bufferBytes];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      if (held && caller == null && !callerGone) {
        toCaller(timer, this::openLate);
      }
      take(buffer, 0, count, timer);
    }
  }

  /// The answer has no body.
  void end(PhaseTimer timer) throws IOException {
    if (!held) {
      toCaller(timer, this::open);
    }
    ended = true;
  }

  CapturedBody captured() {
    return new CapturedBody(soFar(), totalBytes, ended && totalBytes == capturedBytes);
  }

  private byte[] soFar() {
    return capturedBytes == captured.length ? captured : Arrays.copyOf(captured, capturedBytes);
  }

  private void take(byte[] bytes, int from, int count, PhaseTimer timer) throws IOException {
    totalBytes += count;
    if (caller != null) {
      toCaller(timer, () -> write(bytes, from, count));
    }
  }

  private void open() throws IOException {
    caller = receiver.stream(head);
  }

  private void openLate() throws IOException {
    caller = receiver.stream(head);
    caller.write(soFar());
  }

  private void write(byte[] bytes, int from, int count) throws IOException {
    if (caller != null) {
      caller.write(bytes, from, count);
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
