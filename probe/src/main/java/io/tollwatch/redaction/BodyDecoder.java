package io.tollwatch.redaction;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.redaction.Decoded.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/// Undoes the content codings of a captured body, within bounds: `gzip`, `deflate` (zlib and raw),
/// `br` and `zstd`, at most two in a row, up to [#INFLATION] times the capture limit. Nothing on
/// the wire changes by it. Immutable, thread-safe.
public final class BodyDecoder {

  /// How many times the capture limit decoded content may have. JSON rarely shrinks to an eighth;
  /// what inflates further is more likely a bomb.
  public static final int INFLATION = 8;

  private static final int MAX_CODINGS = 2;
  private static final int CHUNK_BYTES = 8192;

  private final int limitBytes;

  /// @param captureLimitBytes how much of a body is captured
  public BodyDecoder(int captureLimitBytes) {
    if (captureLimitBytes < 1) {
      throw new IllegalArgumentException("capture limit < 1: " + captureLimitBytes);
    }
    this.limitBytes = Math.multiplyExact(captureLimitBytes, INFLATION);
  }

  /// The content of a body whose message has these fields.
  public Decoded decode(CapturedBody raw, Fields fields) {
    if (fields.first("Content-Encoding").isEmpty()) {
      return new Decoded.Read(raw.bytes(), raw.whole()); // as most
    }
    List<String> codings =
        fields
            .all("Content-Encoding")
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
            .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
            .toList();
    Decoded content = new Decoded.Read(raw.bytes(), raw.whole());
    if (raw.bytes().length == 0) {
      return content; // an answer to HEAD names a coding, too
    }
    if (codings.size() > MAX_CODINGS) {
      return new Decoded.Unread(Reason.UNKNOWN_CODING);
    }
    for (String coding : codings.reversed()) {
      if (content instanceof Decoded.Read encoded) {
        content = undo(coding, encoded);
      }
    }
    return content;
  }

  private Decoded undo(String coding, Decoded.Read encoded) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK_BYTES);
    try (InputStream in = open(coding, encoded.bytes())) {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        out.write(chunk, 0, read);
        if (out.size() > limitBytes) {
          return new Decoded.Unread(Reason.TOO_LARGE);
        }
      }
      return new Decoded.Read(out.toByteArray(), encoded.whole());
    } catch (UnknownCoding e) {
      return new Decoded.Unread(Reason.UNKNOWN_CODING);
    } catch (IOException | RuntimeException e) {
      // Decoders fail with either. What came before the cut is good; of a whole body nothing is.
      return encoded.whole()
          ? new Decoded.Unread(Reason.BROKEN)
          : new Decoded.Read(out.toByteArray(), false);
    }
  }

  private static InputStream open(String coding, byte[] bytes) throws IOException {
    InputStream in = new ByteArrayInputStream(bytes);
    return switch (coding) {
      case "gzip", "x-gzip" -> new GZIPInputStream(in);
      case "deflate" -> new RawOrZlib(in, bytes);
      case "br" -> new BrotliInputStream(in);
      case "zstd" -> new ZstdInputStream(in);
      default -> throw new UnknownCoding();
    };
  }

  /// `deflate` means zlib (RFC 9110, section 8.4.1.2), but some senders leave its frame out. Ends
  /// its inflater, which the JDK's stream does not do for one that was handed in.
  private static final class RawOrZlib extends InflaterInputStream {

    RawOrZlib(InputStream in, byte[] bytes) {
      super(in, new Inflater(!zlib(bytes)));
    }

    private static boolean zlib(byte[] bytes) {
      return bytes.length >= 2
          && (bytes[0] & 0x0f) == 8
          && (((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff)) % 31 == 0;
    }

    @Override
    public void close() throws IOException {
      inf.end();
      super.close();
    }
  }

  private static final class UnknownCoding extends IOException {
    private static final long serialVersionUID = 1;
  }
}
