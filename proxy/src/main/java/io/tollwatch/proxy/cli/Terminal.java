package io.tollwatch.proxy.cli;

import java.io.Console;
import java.nio.charset.Charset;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/// What the standard output can show. Immutable.
///
/// @param colours whether to colour: a terminal that wants them (`NO_COLOR` is obeyed)
/// @param width in columns; of a file or a pipe as good as endless
/// @param blocks whether block characters can be written in its encoding
record Terminal(boolean colours, int width, boolean blocks) {

  /// A file or a pipe.
  static final Terminal NONE = new Terminal(false, Integer.MAX_VALUE, true);

  /// The one that this process writes to.
  static Terminal current() {
    boolean blocks = canEncode(System.out.charset());
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        ? new Terminal(Ansi.AUTO.enabled(), measured(), blocks)
        : new Terminal(Ansi.AUTO.enabled(), Integer.MAX_VALUE, blocks);
  }

  Paint paint() {
    return new Paint(colours);
  }

  private static int measured() {
    return new UsageMessageSpec().autoWidth(true).width();
  }

  private static boolean canEncode(Charset charset) {
    return charset.canEncode() && charset.newEncoder().canEncode('█');
  }
}
