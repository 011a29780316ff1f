package io.tollwatch.proxy.http1;

import io.tollwatch.attempt.Fields;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One client's connection: request, answer, request, answer. Run by one thread; closed by any.
final class Http1Connection implements Runnable {

  /// How much of an unread body is read to its end so that the client gets its answer: closing with
  /// unread data would reset the connection under it (RFC 9112, section 9.6).
  private static final long DRAIN_BYTES = 1L << 30;

  private static final RequestHead NOTHING =
      new RequestHead("GET", "/", false, Fields.none(), new Framing.None());

  private final Socket accepted;
  private final Securing securing;
  private final Http1Handler handler;
  private final int headBytes;
  private final LongSupplier nanos;
  private volatile boolean running = true;
  private boolean between;
  private boolean waiting;
  private long waitingSinceNanos;
  private volatile @Nullable Thread thread;
  private @Nullable Thread watcher;

  Http1Connection(
      Socket accepted, Securing securing, Http1Handler handler, int headBytes, LongSupplier nanos) {
    this.accepted = accepted;
    this.securing = securing;
    this.handler = handler;
    this.headBytes = headBytes;
    this.nanos = nanos;
  }

  /// Serves the client until one of the two ends it, and closes the connection.
  @Override
  public void run() {
    thread = Thread.currentThread();
    try (accepted) {
      betweenRequests();
      try (Socket client = securing.secure(accepted)) {
        busy();
        serve(client);
      }
    } catch (IOException e) {
      // the client is gone: nobody to tell
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Socket client) throws IOException, InterruptedException {
    ClientInput input = new ClientInput(client.getInputStream(), this::waiting, this::busy);
    OutputStream output = client.getOutputStream();
    HeadReader heads = new HeadReader(input, headBytes);
    try {
      boolean open = true;
      while (open && running) {
        betweenRequests();
        awaitWatcher();
        Optional<RequestHead> head = heads.next();
        busy();
        open = head.isPresent() && answer(head.get(), heads, input, output);
      }
    } catch (Refused e) {
      handler.refuse(e, new AnswerWriter(output, NOTHING, false));
    }
  }

  /// How long the client has been waited for, in the middle of a request or between two.
  synchronized Duration idleTime() {
    return waiting ? Duration.ofNanos(nanos.getAsLong() - waitingSinceNanos) : Duration.ZERO;
  }

  /// Ends it after the running call, or at once if none runs. A call is interrupted only if told
  /// to: an interrupt would cut the provider's answer.
  synchronized void close(boolean interrupt) {
    running = false;
    Thread runner = thread;
    if (runner != null && (interrupt || between)) {
      runner.interrupt();
    }
  }

  private synchronized void betweenRequests() {
    between = true;
    waiting();
  }

  private synchronized void waiting() {
    waiting = true;
    waitingSinceNanos = nanos.getAsLong();
  }

  /// The client moved: a request that began to arrive is answered. An interrupt of the moment
  /// before was meant for the wait, which is over.
  private synchronized void busy() {
    if (waiting) {
      waiting = false;
      between = false;
      var _ = Thread.interrupted();
    }
  }

  /// Gives whether another request may follow.
  private boolean answer(RequestHead head, HeadReader heads, ClientInput input, OutputStream output)
      throws IOException {
    BodyInput body = new BodyInput(heads.body(head.framing()), output, head, input::ended);
    boolean keep = running && !head.http10() && !wantsClose(head.fields());
    AnswerWriter answer = new AnswerWriter(output, head, keep);
    handler.handle(
        new ServerExchange(
            head, body, answer, accepted.getInetAddress(), gone -> watch(body, input, gone)));
    if (!answer.begun() || !answer.keepsConnection()) {
      drain(body, answer);
      return false;
    }
    return drain(body, answer);
  }

  /// Reads what is left of the body, within reason. Gives whether its end was reached.
  private boolean drain(BodyInput body, AnswerWriter answer) throws IOException {
    if (body.ended() || !answer.begun() || !body.coming()) {
      return body.ended();
    }
    byte[] buffer = new byte[8192];
    long left = DRAIN_BYTES;
    while (!body.ended() && left > 0 && running) {
      left -= Math.max(0, body.read(buffer, 0, buffer.length));
    }
    return body.ended();
  }

  private static boolean wantsClose(Fields fields) {
    for (String value : fields.values("Connection")) {
      for (String option : value.split(",", -1)) {
        if (option.strip().equalsIgnoreCase("close")) {
          return true;
        }
      }
    }
    return false;
  }

  /// Waits beside the call for the client to send more or to go. Its thread is joined before the
  /// next request is read: two readers of one connection would tear it. So would one beside a body
  /// that still comes: whoever reads that sees by itself that the client goes.
  private void watch(BodyInput body, ClientInput input, Runnable gone) {
    if (!body.ended()) {
      return;
    }
    watcher =
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (!input.awaitMore()) {
                  gone.run();
                }
              } catch (IOException e) {
                gone.run();
              }
            });
  }

  private void awaitWatcher() throws InterruptedException {
    Thread watching = watcher;
    if (watching != null) {
      watching.join();
      watcher = null;
    }
  }
}
