package io.tollwatch.report.write;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A ZIP file that is the same for the same content: all its files have one fixed time. Its last
/// file has the checksums of the others, as `sha256sum -c` reads them. Confined to one writing.
/// Throws [UncheckedIOException] if it can't be written.
public final class ZipWriter {

  private static final String CHECKSUMS = "SHA256SUMS";

  /// The earliest that the format knows.
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;
  private final StringBuilder checksums = new StringBuilder();

  /// Writes to that stream, which it does not close.
  public ZipWriter(OutputStream out) {
    this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
  }

  /// Adds a file.
  ///
  /// @param content writes it
  public void add(String name, Consumer<Writer> content) {
    MessageDigest digest = sha256();
    try {
      open(name);
      Writer writer =
          new OutputStreamWriter(
              new DigestOutputStream(new Unclosed(zip), digest), StandardCharsets.UTF_8);
      content.accept(writer);
      writer.flush();
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    checksums
        .append(HexFormat.of().formatHex(digest.digest()))
        .append("  ")
        .append(name)
        .append('\n');
  }

  /// Adds the checksums and ends the file, without closing what it is written to.
  public void end() {
    try {
      open(CHECKSUMS);
      zip.write(checksums.toString().getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
      zip.finish();
      zip.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void open(String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// What a writer closes when it is done is not the whole file.
  private static final class Unclosed extends FilterOutputStream {

    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
      out.write(octets, from, length);
    }

    @Override
    public void flush() {
      // a flush in the middle would change the bytes
    }

    @Override
    public void close() {
      // the next file follows
    }
  }
}
