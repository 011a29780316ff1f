package io.tollwatch.proxy.judging;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Finds answers in a file, whichever of these it is: HAR, JSON Lines, one raw HTTP answer. Reads
/// one answer at a time. Stateless.
public final class AnswerFile {

  /// Enough to see what a file is.
  private static final int PEEK = 4096;

  private static final Pattern HAR = Pattern.compile("\\A\\uFEFF?\\s*\\{\\s*\"log\"\\s*:");
  private static final Pattern RAW = Pattern.compile("\\A\\s*HTTP/[0-9]");

  private AnswerFile() {}

  /// Gives what is found, one by one, good or bad.
  ///
  /// @param name as messages shall call the file
  public static void each(String name, InputStream file, Consumer<Found> taker) throws IOException {
    InputStream in = new BufferedInputStream(file, PEEK * 2);
    in.mark(PEEK);
    String beginning = new String(in.readNBytes(PEEK), StandardCharsets.UTF_8);
    in.reset();
    if (beginning.isBlank()) {
      taker.accept(new Found.Unreadable(name + ":1", "is empty"));
    } else if (RAW.matcher(beginning).find()) {
      taker.accept(RawAnswer.read(name + ":1", in));
    } else if (HAR.matcher(beginning).find()) {
      new HarFile(name, taker).read(in);
    } else {
      new AnswerLines(name, taker).read(in);
    }
  }
}
