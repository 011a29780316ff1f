package io.tollwatch.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.zstd.ZstdOutputStream;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.redaction.Decoded.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BodyDecoderTest {

  private static final String TEXT = "{\"status\":\"succeeded\",\"amount\":1200}";

  /// "hello hello hello hello brotli" by the reference encoder.
  private static final String BROTLI = "Gx0A+I2Ubt5EVYbWbCBpb9MQSeapA1Ia8XjRDA==";

  private final BodyDecoder decoder = new BodyDecoder(1024);

  interface Coding {
    OutputStream onto(OutputStream out) throws IOException;
  }

  @Test
  void undoesWhatIsUsedOnTheWeb() throws IOException {
    byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
    assertThat(read(text, "")).isEqualTo(TEXT);
    assertThat(read(text, "identity")).isEqualTo(TEXT);
    assertThat(read(coded(GZIPOutputStream::new, text), "gzip")).isEqualTo(TEXT);
    assertThat(read(coded(GZIPOutputStream::new, text), "X-GZip")).isEqualTo(TEXT);
    assertThat(read(coded(DeflaterOutputStream::new, text), "deflate")).isEqualTo(TEXT);
    assertThat(read(coded(BodyDecoderTest::rawDeflate, text), "deflate")).isEqualTo(TEXT);
    assertThat(read(coded(ZstdOutputStream::new, text), "zstd")).isEqualTo(TEXT);
  }

  @Test
  void undoesTwoCodingsInTheirOrderButNotThree() throws IOException {
    byte[] zstd = coded(ZstdOutputStream::new, TEXT.getBytes(StandardCharsets.UTF_8));
    byte[] both = coded(GZIPOutputStream::new, zstd);
    assertThat(read(both, "zstd, gzip")).isEqualTo(TEXT);
    CapturedBody body = Gateway.whole(both);
    Fields lines = Fields.of("Content-Encoding", "zstd", "content-encoding", "gzip");
    assertThat(decoder.decode(body, lines)).isInstanceOf(Decoded.Read.class);
    assertThat(decoder.decode(body, lines.plus("Content-Encoding", "br")))
        .isEqualTo(new Decoded.Unread(Reason.UNKNOWN_CODING));
  }

  @Test
  void undoesBrotli() {
    assertThat(read(Base64.getDecoder().decode(BROTLI), "br"))
        .isEqualTo("hello hello hello hello brotli");
  }

  @Test
  void leavesUnreadWhatIsBrokenUnknownOrABomb() throws IOException {
    byte[] bomb = coded(GZIPOutputStream::new, new byte[1024 * BodyDecoder.INFLATION + 1]);
    byte[] broken = coded(GZIPOutputStream::new, TEXT.getBytes(StandardCharsets.UTF_8));
    broken[12] ^= 0x55;
    assertThat(unread(bomb, "gzip")).isEqualTo(Reason.TOO_LARGE);
    assertThat(unread(broken, "gzip")).isEqualTo(Reason.BROKEN);
    assertThat(unread(broken, "compress")).isEqualTo(Reason.UNKNOWN_CODING);
    for (String coding : new String[] {"gzip", "deflate", "br", "zstd"}) {
      assertThat(unread(new byte[] {9, 9, 9, 9, 9, 9, 9, 9}, coding)).isEqualTo(Reason.BROKEN);
    }
  }

  @Test
  void givesTheBeginningOfWhatWasCut() throws IOException {
    byte[] noise = new byte[512];
    new Random(7).nextBytes(noise);
    byte[] text =
        (TEXT + Base64.getEncoder().encodeToString(noise)).getBytes(StandardCharsets.UTF_8);
    byte[] zipped = coded(GZIPOutputStream::new, text);
    Decoded cut =
        decoder.decode(
            Gateway.cut(zipped, zipped.length / 2), Fields.of("Content-Encoding", "gzip"));
    assertThat(cut)
        .isInstanceOfSatisfying(
            Decoded.Read.class,
            read -> {
              assertThat(read.whole()).isFalse();
              assertThat(new String(read.bytes(), StandardCharsets.UTF_8)).startsWith(TEXT);
            });
  }

  @Test
  void anEmptyBodyIsEmptyWhateverItsCoding() {
    assertThat(read(new byte[0], "gzip")).isEmpty();
  }

  private String read(byte[] bytes, String coding) {
    return switch (decoder.decode(Gateway.whole(bytes), Fields.of("Content-Encoding", coding))) {
      case Decoded.Read read -> new String(read.bytes(), StandardCharsets.UTF_8);
      case Decoded.Unread unread -> "unread: " + unread.reason();
    };
  }

  private Reason unread(byte[] bytes, String coding) {
    Fields fields = Fields.of("Content-Encoding", coding);
    return ((Decoded.Unread) decoder.decode(Gateway.whole(bytes), fields)).reason();
  }

  private static byte[] coded(Coding coding, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream coded = coding.onto(out)) {
      coded.write(bytes);
    }
    return out.toByteArray();
  }

  private static OutputStream rawDeflate(OutputStream out) {
    return new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
  }
}
