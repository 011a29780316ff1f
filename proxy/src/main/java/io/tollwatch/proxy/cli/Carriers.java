package io.tollwatch.proxy.cli;

/// The threads of the system's that carry the virtual ones.
///
/// A carrier runs what is in its own line before it looks whether something has come from
/// elsewhere, and the thread that waits for the bytes of all sockets stands in that line itself, as
/// long as there are bytes. So a lone carrier that always finds some begins nothing new: on a
/// machine of one processor a new connection waited for up to eight seconds while 64 others kept it
/// busy, and no limit of time was noticed. A second carrier looks elsewhere, since the line is not
/// its own.
final class Carriers {

  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
  private static final int FEWEST = 2;

  private Carriers() {}

  /// Sees to it that there are two at least, unless their number is given. To be called before the
  /// first virtual thread starts: the scheduler reads it once.
  static void atLeastTwo() {
    if (Runtime.getRuntime().availableProcessors() < FEWEST
        && System.getProperty(PARALLELISM) == null) {
      System.setProperty(PARALLELISM, Integer.toString(FEWEST));
    }
  }
}
