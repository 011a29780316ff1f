package io.tollwatch.proxy;

import io.tollwatch.checks.schedule.CheckState;
import io.tollwatch.health.UsOrThem;
import io.tollwatch.ledger.LedgerState;
import io.tollwatch.ledger.store.ExchangeReader;
import io.tollwatch.ledger.store.PostgresUrl;
import io.tollwatch.proxy.admin.BreakerStatus;
import io.tollwatch.proxy.admin.ChannelStanding;
import io.tollwatch.proxy.admin.CheckDesk;
import io.tollwatch.proxy.admin.CheckStatus;
import io.tollwatch.proxy.admin.Leak;
import io.tollwatch.proxy.admin.SidecarStatus;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.ProviderConfig;
import io.tollwatch.routing.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Puts together what a sidecar says of itself.
final class StatusReport {

  private static final String STORE_FILE = "ledger.mv.db";

  private StatusReport() {}

  static SidecarStatus of(
      Configuration configuration,
      Map<String, URI> open,
      Egress egress,
      Breakers breakers,
      CheckDesk checks,
      LedgerState state,
      ExchangeReader reader,
      Instant startedAt,
      Instant now,
      boolean ready,
      boolean channelsReady,
      int running) {
    Map<String, String> listeners = new TreeMap<>();
    open.forEach((name, address) -> listeners.put(name, address.toString()));
    return new SidecarStatus(
        version(),
        startedAt.toString(),
        ready,
        listeners,
        egress.configured().values().stream()
            .sorted(Comparator.comparing(ProviderConfig::name))
            .map(provider ->
                new SidecarStatus.ProviderStatus(
                    provider.name(), provider.profile(), provider.url().toString()))
            .toList(),
        egress.channels().values().stream()
            .sorted(Comparator.comparing(Channel::name))
            .map(channel ->
                new SidecarStatus.ChannelStatus(
                    channel.name(),
                    channel.providers(),
                    ChannelStanding.word(channel.strategy()),
                    channel.sharing().name().toLowerCase(Locale.ROOT),
                    channelsReady))
            .toList(),
        running,
        breakers.ownNetworkFailsSince().map(Instant::toString).orElse(""),
        breakers.standings().stream()
            .filter(standing -> !standing.isClosed())
            .map(BreakerStatus::of)
            .toList(),
        checks(checks, now),
        ledger(configuration, state, reader));
  }

  private static SidecarStatus.ChecksStatus checks(CheckDesk desk, Instant now) {
    List<CheckStatus> all = desk.checks();
    return new SidecarStatus.ChecksStatus(
        all.size(),
        all.stream().filter(each -> !each.state().equals(CheckState.UP.word())).toList(),
        all.stream().mapToLong(CheckStatus::missed).sum(),
        leaks(desk, now),
        desk.checksTrouble(),
        desk.usOrThem().stream().map(UsOrThem.Finding::sentence).toList());
  }

  private static int leaks(CheckDesk desk, Instant now) {
    try {
      return Math.toIntExact(
          desk.out().stream().filter(each -> Leak.isLeaked(each, now, desk.leakAfter())).count());
    } catch (UncheckedIOException e) {
      return -1;
    }
  }

  private static SidecarStatus.LedgerStatus ledger(
      Configuration configuration, LedgerState state, ExchangeReader reader) {
    Path folder = configuration.data().toAbsolutePath().normalize();
    return new SidecarStatus.LedgerStatus(
        folder.toString(),
        new SidecarStatus.StoreStatus(
            configuration.ledger().url().map(PostgresUrl::text).orElse("embedded"),
            reason(state.store()),
            since(state.store()),
            configuration.ledger().url().isPresent() ? -1 : size(folder.resolve(STORE_FILE))),
        new SidecarStatus.JournalStatus(
            state.lag().bytes(),
            state.lag().age().toMillis() / 1000.0,
            state.journal().bytes(),
            state.journal().maxBytes(),
            folder.toFile().getUsableSpace(),
            state.journal().damages(),
            state.lastDamage().orElse(""),
            reason(state.journal().trouble()),
            since(state.journal().trouble())),
        state.written(),
        state.notKept(),
        state.leftOut(),
        state.store().isPresent() ? -1 : inDoubt(reader),
        state.degraded().orElse(""),
        state.lastProblem().orElse(""));
  }

  private static String reason(Optional<LedgerState.Trouble> trouble) {
    return trouble.map(LedgerState.Trouble::reason).orElse("");
  }

  private static String since(Optional<LedgerState.Trouble> trouble) {
    return trouble.map(LedgerState.Trouble::since).map(Instant::toString).orElse("");
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // not made yet
    }
  }

  /// -1 where the ledger can't be read now: the status must still be.
  private static long inDoubt(ExchangeReader reader) {
    try {
      return reader.countInDoubt();
    } catch (UncheckedIOException e) {
      return -1;
    }
  }

  /// As the jar's manifest says it.
  static String version() {
    String version = StatusReport.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
