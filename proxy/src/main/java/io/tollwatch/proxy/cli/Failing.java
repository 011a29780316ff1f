package io.tollwatch.proxy.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// What a user is told of a command that ended with an exception.
final class Failing {

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Failing() {}

  /// Says it, without a stack trace where nobody but the user can do something about it.
  ///
  /// @return the exit code
  static int tell(Exception trouble, PrintWriter err) {
    switch (trouble) {
      case UsageException _, CommandFailed _, UncheckedIOException _ ->
          err.println("tollwatch: " + Printable.of(String.valueOf(trouble.getMessage())));
      default -> {
        StringWriter trace = new StringWriter();
        trouble.printStackTrace(new PrintWriter(trace));
        err.println("tollwatch: this is a fault of Tollwatch, please report it:");
        err.print(Printable.of(trace.toString()));
      }
    }
    err.flush();
    return trouble instanceof UsageException ? USAGE : FAILED;
  }
}
