package io.tollwatch.proxy.egress;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Fields;
import io.tollwatch.proxy.http1.ServerExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Streams of server-sent events (HTML Living Standard, section 9.2): one whenever what is said
/// changes, looked at every [#LOOK_MILLIS]. Each holds its connection's thread. Thread-safe; at
/// most [#MOST] at a time.
final class AdviceStreams implements AutoCloseable {

  static final int MOST = 64;
  static final long LOOK_MILLIS = 100;

  /// A comment so often shows each side that the other is still there.
  private static final int LOOKS_TO_COMMENT = 100;

  private final Semaphore places = new Semaphore(MOST);
  private final CountDownLatch closed = new CountDownLatch(1);

  /// Streams until the client goes or all streams end.
  ///
  /// @param said what is to be said now, in one line
  void run(ServerExchange exchange, Supplier<String> said) throws IOException {
    if (!places.tryAcquire()) {
      Relay.send(
          exchange.answer(),
          new Problem(
              503, "too-many-streams", "Too many streams", MOST + " are open; close one first."));
      return;
    }
    try {
      AtomicBoolean gone = new AtomicBoolean();
      exchange.whenGone(() -> gone.set(true));
      exchange.answer().closeAfter();
      try (OutputStream out =
          exchange.answer().stream(
              new AnswerHead(
                  200,
                  "OK",
                  Fields.of("Content-Type", "text/event-stream", "Cache-Control", "no-store")),
              OptionalLong.empty())) {
        tell(out, said, gone);
      }
    } finally {
      places.release();
    }
  }

  private void tell(OutputStream out, Supplier<String> said, AtomicBoolean gone)
      throws IOException {
    String last = "";
    int silent = 0;
    do {
      String now = said.get();
      if (!now.equals(last)) {
        write(out, "event: advice\ndata: " + now + "\n\n");
        last = now;
        silent = 0;
      } else if (++silent == LOOKS_TO_COMMENT) {
        write(out, ":\n\n");
        silent = 0;
      }
    } while (!gone.get() && !ended());
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private boolean ended() {
    try {
      return closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
