package io.tollwatch.proxy.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/// Says on a terminal how much was written so far, on one line that is wiped out in the end.
/// Confined to one export.
final class Growing extends FilterWriter {

  private static final long STEP = 4L << 20;

  private final PrintWriter told;
  private long written;
  private long next = STEP;

  Growing(Writer out, PrintWriter told) {
    super(out);
    this.told = told;
  }

  @Override
  public void write(int c) throws IOException {
    out.write(c);
    grown(1);
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    out.write(text, from, length);
    grown(length);
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    out.write(text, from, length);
    grown(length);
  }

  private void grown(long characters) {
    written += characters;
    if (written >= next) {
      next = written + STEP;
      told.print("\r%d MB so far ...".formatted(written >> 20));
      told.flush();
    }
  }

  /// Wipes the line out.
  void done() {
    if (written >= STEP) {
      told.print("\r" + " ".repeat(30) + "\r");
      told.flush();
    }
  }
}
