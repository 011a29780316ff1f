package io.tollwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Attempt;
import io.tollwatch.attempt.Breakage;
import io.tollwatch.attempt.Progress;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.timing.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A body that our own caller cuts is never completed towards the provider, and as long as nothing
/// of the request was written it is `unsent`.
class CallerCutTest {

  private static final int MORE_THAN_ANY_BUFFER = 200_000;

  /// How a caller ends a body too early.
  enum Cut {
    FAILS,
    FAILS_UNCHECKED,
    ENDS
  }

  @ParameterizedTest
  @CsvSource({
    "false, chunked, FAILS", "true, chunked, FAILS",
    "false, length, FAILS", "true, length, FAILS",
    "false, chunked, FAILS_UNCHECKED", "true, chunked, FAILS_UNCHECKED",
    "false, length, ENDS", "true, length, ENDS",
  })
  void aCutBodyIsNeverCompleted(boolean tls, String framing, Cut cut) {
    CompletableFuture<String> arrived =
        new CompletableFuture<String>().orTimeout(20, TimeUnit.SECONDS);
    RawGateway.Manners reads = visit -> arrived.complete(visit.rest());
    try (RawGateway gateway =
            tls ? RawGateway.tls(Certificates.server(), reads) : RawGateway.plain(reads);
        Rig rig = Rig.Plan.to(gateway.url()).tls(Certificates.trusting()).start()) {
      Attempt attempt = rig.send(Rig.post("/pay", body(framing, MORE_THAN_ANY_BUFFER, cut)));

      Rig.isBroken(attempt, Breakage.CLIENT_ABORT, Phase.CLIENT, Progress.MAYBE_SENT);
      String request = arrived.join();
      assertThat(request).doesNotEndWith("0\r\n\r\n");
      assertThat(request.length()).isLessThan(MORE_THAN_ANY_BUFFER + 100_000);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, chunked, 0, FAILS", "true, chunked, 0, FAILS",
    "false, length, 0, FAILS", "true, length, 0, FAILS",
    "false, chunked, 100, FAILS", "true, chunked, 100, FAILS",
    "false, length, 100, FAILS", "false, length, 100, ENDS",
    "false, chunked, 100, FAILS_UNCHECKED",
  })
  void aCutBeforeAnythingWasWrittenSendsNothing(boolean tls, String framing, int bytes, Cut cut) {
    CompletableFuture<String> arrived =
        new CompletableFuture<String>().orTimeout(20, TimeUnit.SECONDS);
    RawGateway.Manners reads = visit -> arrived.complete(visit.rest());
    try (RawGateway gateway =
            tls ? RawGateway.tls(Certificates.server(), reads) : RawGateway.plain(reads);
        Rig rig = Rig.Plan.to(gateway.url()).tls(Certificates.trusting()).start()) {
      Attempt attempt = rig.send(Rig.post("/pay", body(framing, bytes, cut)));

      Rig.isBroken(attempt, Breakage.CLIENT_ABORT, Phase.CLIENT, Progress.UNSENT);
      assertThat(arrived.join()).isEmpty();
    }
  }

  private static RequestBody body(String framing, int bytes, Cut cut) {
    OptionalLong length =
        framing.equals("length") ? OptionalLong.of(bytes + 100_000L) : OptionalLong.empty();
    return new RequestBody.Streamed(new CutStream(bytes, cut), length);
  }

  /// So many bytes, then the cut.
  private static final class CutStream extends InputStream {
    private int left;
    private final Cut cut;

    CutStream(int bytes, Cut cut) {
      this.left = bytes;
      this.cut = cut;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left > 0) {
        int count = Math.min(left, length);
        Arrays.fill(buffer, offset, offset + count, (byte) 'x');
        left -= count;
        return count;
      }
      return switch (cut) {
        case ENDS -> -1;
        case FAILS -> throw new IOException("the caller is gone");
        case FAILS_UNCHECKED -> throw new UncheckedIOException(new IOException("it is gone"));
      };
    }
  }
}
