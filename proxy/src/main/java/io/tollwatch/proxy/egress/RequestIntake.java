package io.tollwatch.proxy.egress;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.dispatch.Incoming;
import io.tollwatch.proxy.http1.Framing;
import io.tollwatch.proxy.http1.ServerExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.OptionalLong;

/// Takes a request in: a body up to the capture limit is read whole before anything is connected,
/// so that a caller that cuts it leaves nothing sent; a longer one streams.
///
/// @param captureLimit in bytes
record RequestIntake(int captureLimit) {

  /// What came of taking it in.
  sealed interface Taken {

    /// It can be dispatched.
    record Ready(Incoming incoming) implements Taken {}

    /// The caller cut its body: nothing was sent.
    record Cut(Incoming incoming) implements Taken {}
  }

  Taken take(ServerExchange exchange, String target) {
    Framing framing = exchange.head().framing();
    byte[] start = new byte[0];
    try {
      if (!(framing instanceof Framing.None)) {
        start = start(exchange.body(), framing);
      }
    } catch (IOException e) {
      return new Taken.Cut(
          incoming(exchange, target, new RequestBody.None(false), CapturedBody.empty()));
    }
    return new Taken.Ready(
        start.length > captureLimit
            ? streamed(exchange, target, start)
            : whole(exchange, target, start));
  }

  /// The body, or more of it than is captured.
  private byte[] start(InputStream body, Framing framing) throws IOException {
    if (!(framing instanceof Framing.Length(long length)) || length > captureLimit) {
      return body.readNBytes(captureLimit + 1);
    }
    byte[] whole = body.readNBytes((int) length);
    var _ = body.read(); // sees the end
    return whole;
  }

  private static Incoming whole(ServerExchange exchange, String target, byte[] bytes) {
    RequestBody body =
        switch (exchange.head().framing()) {
          case Framing.None() -> new RequestBody.None(false);
          case Framing.Length(long length) when length == 0 -> new RequestBody.None(true);
          case Framing.Length ignored -> new RequestBody.Whole(bytes, false);
          case Framing.Chunked() -> new RequestBody.Whole(bytes, true);
        };
    return incoming(exchange, target, body, new CapturedBody(bytes, bytes.length, true));
  }

  private Incoming streamed(ServerExchange exchange, String target, byte[] start) {
    InputStream bytes = new SequenceInputStream(new ByteArrayInputStream(start), exchange.body());
    OptionalLong length =
        exchange.head().framing() instanceof Framing.Length(long n)
            ? OptionalLong.of(n)
            : OptionalLong.empty();
    return incoming(
        exchange,
        target,
        new RequestBody.Streamed(bytes, length),
        new CapturedBody(Arrays.copyOf(start, captureLimit), length.orElse(start.length), false));
  }

  private static Incoming incoming(
      ServerExchange exchange, String target, RequestBody body, CapturedBody captured) {
    return new Incoming(
        Origin.LIVE,
        exchange.head().method(),
        target,
        EndToEnd.ofRequest(exchange.head().fields()),
        body,
        captured);
  }
}
