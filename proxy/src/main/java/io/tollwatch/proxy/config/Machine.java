package io.tollwatch.proxy.config;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// What this process may use. Immutable.
///
/// @param heap most bytes of heap
/// @param files how many may be open at once, connections among them
public record Machine(long heap, long files) {

  /// Libraries, the ledger, its database's connections, the admin API's clients and what reports
  /// write: where one of those finds no file left, a class may fail to load for good.
  private static final long FILES_OF_OURS = 512;

  private static final long LEAST_CLIENTS = 8;

  /// That of the process that asks.
  public static Machine ofProcess() {
    return new Machine(
        Runtime.getRuntime().maxMemory(),
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : Long.MAX_VALUE);
  }

  /// How many clients each listener of the egress may have: what is configured, and not so many
  /// that they, and the connections to providers that their calls may need, take all files.
  public int clients(Configuration configuration) {
    long listeners = 1;
    long pooled = 0;
    for (ProviderConfig provider : configuration.providers().values()) {
      listeners += provider.listen().isPresent() ? 1 : 0;
      pooled += provider.poolSize();
    }
    long room = files - FILES_OF_OURS;
    // a call has one connection to a provider at most
    long clients = room - Math.min(room / 2, pooled);
    return (int)
        Math.min(
            configuration.egress().maxConnections(), Math.max(LEAST_CLIENTS, clients / listeners));
  }
}
