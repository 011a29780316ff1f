package io.tollwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.timing.PhaseTimer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The caller gets all of an answer and the record its beginning, however long it is and in
/// whatever pieces it comes.
class AnswerBodyTest {

  private static final int LIMIT = 40_000;
  private static final AnswerHead HEAD = new AnswerHead(200, "OK", Fields.none());

  private final Random random = new Random(7);

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 2_047, 2_048, 2_049, 16_383, 16_384, 16_385, 39_999, 40_000, 40_001, 60_000, 200_000
      })
  void passesAllOnAndKeepsTheBeginning(int length) throws IOException {
    byte[] sent = new byte[length];
    random.nextBytes(sent);
    for (boolean held : new boolean[] {false, true}) {
      for (boolean said : new boolean[] {false, true}) {
        for (int piece : new int[] {1_000, 3_333, 100_000}) {
          ByteArrayOutputStream caller = new ByteArrayOutputStream();
          AnswerBody body = new AnswerBody(HEAD, new Rig.Taking(held, caller, true), LIMIT);

          body.takeAll(inPieces(sent, piece), said ? length : -1, new PhaseTimer(System::nanoTime));

          CapturedBody captured = body.captured();
          assertThat(captured.bytes()).isEqualTo(Arrays.copyOf(sent, Math.min(length, LIMIT)));
          assertThat(captured.totalBytes()).isEqualTo(length);
          assertThat(captured.whole()).isEqualTo(length <= LIMIT);
          boolean kept = held && length <= LIMIT;
          assertThat(caller.toByteArray()).isEqualTo(kept ? new byte[0] : sent);
        }
      }
    }
  }

  /// A stream that gives a few bytes less than asked for at times.
  private InputStream inPieces(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, 1 + random.nextInt(most)));
      }

      @Override
      public int read(byte[] into) {
        return read(into, 0, into.length);
      }
    };
  }
}
