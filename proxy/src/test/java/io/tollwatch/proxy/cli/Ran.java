package io.tollwatch.proxy.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/// What a command came to: its exit code and what it printed. Nothing ends the process.
public record Ran(int code, String out, String err) {

  public static Ran command(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Tollwatch.commandLine(arguments)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    int code = command.execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  List<String> lines() {
    return out.lines().toList();
  }
}
