package io.tollwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Progress;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.timing.Phase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens while the request is still being written.
class SendingTest {

  private static final int BIG = 16 * 1024 * 1024;

  private static RawGateway gateway(boolean tls, RawGateway.Manners manners) {
    return tls ? RawGateway.tls(Certificates.server(), manners) : RawGateway.plain(manners);
  }

  private static Rig rig(RawGateway gateway) {
    return Rig.Plan.to(gateway.url()).tls(Certificates.trusting()).patience(Rig.SHORT).start();
  }

  private static RequestBody body(String framing, InputStream bytes, int length) {
    return new RequestBody.Streamed(
        bytes, framing.equals("length") ? OptionalLong.of(length) : OptionalLong.empty());
  }

  private static RequestBody big(String framing) {
    return body(framing, new ByteArrayInputStream(new byte[BIG]), BIG);
  }

  @ParameterizedTest
  @CsvSource({"false, chunked", "true, chunked", "false, length", "true, length"})
  void aPeerThatReadsNothingIsAWriteTimeout(boolean tls, String framing) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    RawGateway.Manners stopsReading =
        visit -> {
          var _ = visit.head();
          await(over);
        };
    try (RawGateway gateway = gateway(tls, stopsReading);
        Rig rig = rig(gateway)) {
      Attempt attempt = rig.send(Rig.post("/pay", big(framing)));
      over.countDown();
      Rig.isBroken(attempt, Breakage.WRITE_TIMEOUT, Phase.SEND, Progress.MAYBE_SENT);
      assertThat(gateway.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"false, chunked", "true, chunked", "false, length", "true, length"})
  void aResetWhileWritingIsMaybeSent(boolean tls, String framing) {
    RawGateway.Manners resets =
        visit -> {
          var _ = visit.head();
          var _ = visit.next(1000);
          visit.reset();
        };
    try (RawGateway gateway = gateway(tls, resets);
        Rig rig = rig(gateway)) {
      Attempt attempt = rig.send(Rig.post("/pay", big(framing)));
      Rig.isBroken(attempt, Breakage.WRITE_RESET, Phase.SEND, Progress.MAYBE_SENT);
      assertThat(gateway.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"false, chunked", "true, chunked", "false, length", "true, length"})
  void anEarlyAnswerIsTheAnswer(boolean tls, String framing) {
    CompletableFuture<String> arrived =
        new CompletableFuture<String>().orTimeout(20, TimeUnit.SECONDS);
    RawGateway.Manners refusesEarly =
        visit -> {
          if (visit.head().startsWith("POST")) {
            visit.say("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig");
            String rest = visit.rest();
            arrived.complete(rest.substring(Math.max(0, rest.length() - 10)));
          } else {
            visit.say("HTTP/1.1 204 No Content\r\n\r\n");
          }
        };
    try (RawGateway gateway = gateway(tls, refusesEarly);
        Rig rig = rig(gateway)) {
      Attempt.Answered early = rig.answered(Rig.post("/pay", big(framing)));
      assertThat(early.answer().status()).isEqualTo(413);
      assertThat(Rig.text(early)).isEqualTo("big");
      assertThat(early.timings().of(Phase.WAIT)).isEmpty();
      assertThat(arrived.join()).doesNotEndWith("0\r\n\r\n");
      // half a request was written: nothing else may follow it on this connection
      assertThat(rig.answered(Rig.get("/")).connection().reused()).isFalse();
      assertThat(gateway.requests()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"false, chunked", "true, chunked", "false, length", "true, length"})
  void anInterimAnswerIsNoReasonToStopSending(boolean tls, String framing) {
    int length = 300_000;
    CountDownLatch said = new CountDownLatch(1);
    RawGateway.Manners encourages =
        visit -> {
          var _ = visit.head();
          visit.say("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
          said.countDown();
          int count = bodyLength(visit, framing, length);
          visit.say("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n" + count);
        };
    try (RawGateway gateway = gateway(tls, encourages);
        Rig rig =
            Rig.Plan.to(gateway.url()).tls(Certificates.trusting()).patience(Rig.LONG).start()) {
      InputStream paced = new Gated(new ByteArrayInputStream(new byte[length]), said);
      Attempt.Answered answered = rig.answered(Rig.post("/pay", body(framing, paced, length)));
      assertThat(answered.answer().status()).isEqualTo(200);
      assertThat(Rig.text(answered)).isEqualTo("" + length);
      assertThat(answered.timings().of(Phase.CLIENT)).isPresent();
    }
  }

  private static int bodyLength(RawGateway.Visit visit, String framing, int length)
      throws IOException {
    if (framing.equals("length")) {
      return visit.next(length).length();
    }
    int total = 0;
    for (int size = visit.chunkSize(); size > 0; size = visit.chunkSize()) {
      total += visit.next(size).length();
      var _ = visit.next(2);
    }
    var _ = visit.next(2);
    return total;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void brokenHttpWhileSendingIsSaidToBeThat(boolean tls) {
    RawGateway.Manners babbles =
        visit -> {
          var _ = visit.head();
          visit.say("EHLO this is no answer\r\n\r\n");
          var _ = visit.rest();
        };
    try (RawGateway gateway = gateway(tls, babbles);
        Rig rig = rig(gateway)) {
      Attempt.Broken broken = rig.broken(Rig.post("/pay", big("length")));
      assertThat(broken.breakage()).isEqualTo(Breakage.PROTOCOL_ERROR);
      assertThat(broken.progress()).isEqualTo(Progress.MAYBE_SENT);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Gives some bytes at once, and the rest when the gate is open.
  private static final class Gated extends InputStream {
    private final InputStream bytes;
    private final CountDownLatch gate;
    private int reads;

    Gated(InputStream bytes, CountDownLatch gate) {
      this.bytes = bytes;
      this.gate = gate;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (++reads == 3) {
        await(gate);
      }
      return bytes.read(buffer, offset, length);
    }
  }
}
