package io.tollwatch.proxy.config;

import io.tollwatch.routing.Channel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is right in a configuration and yet hardly meant. Stateless.
public final class Warnings {

  /// What a call that waits holds, with its two connections and threads: measured by
  /// `proxy/bench/hanging.sh`.
  private static final long CALL_BYTES = 50L << 10;

  private static final long MEBIBYTE = 1L << 20;

  private Warnings() {}

  /// One line each, for people.
  ///
  /// @param machine of the process that the configuration is for
  public static List<String> of(Configuration configuration, Machine machine) {
    return Stream.of(
            onlyFirst(configuration),
            tooManyCalls(configuration, machine.heap()).stream(),
            tooManyClients(configuration, machine).stream())
        .flatMap(warnings -> warnings)
        .toList();
  }

  /// A provider that hangs must not take the process with it.
  private static Optional<String> tooManyCalls(Configuration configuration, long heap) {
    int most = configuration.egress().maxConnections();
    long needed = most * CALL_BYTES * 2;
    return needed <= heap
        ? Optional.empty()
        : Optional.of(
            ("egress.max-connections: %d calls that wait need a heap of some %d MiB, and it may grow"
                    + " to %d MiB only: lower it, or set TOLLWATCH_JAVA_OPTS=-Xmx%dm")
                .formatted(
                    most, needed / MEBIBYTE, heap / MEBIBYTE, Math.ceilDiv(needed, MEBIBYTE)));
  }

  private static Optional<String> tooManyClients(Configuration configuration, Machine machine) {
    int most = configuration.egress().maxConnections();
    int accepted = machine.clients(configuration);
    return accepted >= most
        ? Optional.empty()
        : Optional.of(
            ("egress.max-connections: %d clients can't be had where a process may open %d files:"
                    + " each listener accepts %d at a time, the others wait. Lower it, or raise the"
                    + " limit (ulimit -n, LimitNOFILE=)")
                .formatted(most, machine.files(), accepted));
  }

  private static Stream<String> onlyFirst(Configuration configuration) {
    return configuration.channels().values().stream()
        .filter(channel -> channel.sharing() == Channel.Sharing.FIRST_ONLY)
        .map(channel ->
            ("channel %s uses only its first provider, %s: several sidecars serve it (shared), and"
                    + " they share no ledger (set ledger.url)")
                .formatted(channel.name(), channel.first()));
  }
}
