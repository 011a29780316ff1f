package io.tollwatch.proxy.cli;

import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.telemetry.LineWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// Runs a sidecar for a terminal or a supervisor: what happens goes to standard output, what is
/// wrong to standard error, signals end it and reload it. One for each process.
final class SidecarRun {

  private static final Duration LAST_LINES = Duration.ofSeconds(1);

  private final PrintWriter out;
  private final PrintWriter err;

  SidecarRun(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /// Runs it until it is told to stop.
  ///
  /// @return the exit code
  int untilStopped(ConfigChoice chosen) throws InterruptedException {
    return switch (chosen.read()) {
      case Sidecar.Reread.Wrong wrong -> {
        err.println(Printable.of(wrong.problems()));
        yield 2;
      }
      case Sidecar.Reread.Right right -> start(right.configuration(), chosen::read);
    };
  }

  private int start(Configuration configuration, Supplier<Sidecar.Reread> again)
      throws InterruptedException {
    try (LineWriter lines = new LineWriter(this::log, LAST_LINES)) {
      return switch (Sidecar.start(configuration, again, SystemTime.real(), lines)) {
        case Sidecar.Start.Failed failed -> {
          err.println("tollwatch: " + Printable.line(failed.reason()));
          yield 2;
        }
        case Sidecar.Start.Running running -> serve(running.sidecar());
      };
    }
  }

  private int serve(Sidecar sidecar) throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    Signals.onStop(stop::countDown);
    Signals.onReload(() -> reload(sidecar));
    greet(sidecar);
    stop.await();
    err.println("tollwatch: draining; a second signal ends at once");
    sidecar.close();
    return 0;
  }

  private void greet(Sidecar sidecar) {
    for (var listener : sidecar.listeners().entrySet()) {
      URI address = listener.getValue();
      out.printf("tollwatch: %s listens on %s%n", listener.getKey(), address);
    }
    out.printf("tollwatch: admin listens on %s%n", sidecar.admin());
    out.printf("tollwatch: call a provider at %s/<provider>/...%n", sidecar.egress());
    out.flush();
  }

  private void reload(Sidecar sidecar) {
    Optional<String> trouble = sidecar.reload();
    err.println(
        trouble
            .map(problems -> "tollwatch: the configuration stays as it was:\n" + problems)
            .map(Printable::of)
            .orElse("tollwatch: the new configuration is in force"));
    err.flush();
  }

  private void log(String line) {
    out.println(Printable.line(line));
    out.flush();
  }
}
