package io.tollwatch.proxy.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/// The process's signals. The JDK has no other way to end with 0 on SIGTERM, or to hear of SIGHUP,
/// than its `jdk.unsupported` module, which it keeps for this.
final class Signals {

  /// What a shell reports of a process that SIGTERM ended.
  private static final int ENDED_AT_ONCE = 143;

  private Signals() {}

  /// Runs the action at the first SIGTERM or SIGINT; the second ends the process at once.
  static void onStop(Runnable action) {
    AtomicBoolean asked = new AtomicBoolean();
    for (String name : new String[] {"TERM", "INT"}) {
      Signal.handle(
          new Signal(name),
          _ -> {
            if (asked.compareAndSet(false, true)) {
              action.run();
            } else {
              Runtime.getRuntime().halt(ENDED_AT_ONCE);
            }
          });
    }
  }

  /// Runs the action at each SIGHUP.
  static void onReload(Runnable action) {
    Signal.handle(new Signal("HUP"), _ -> action.run());
  }
}
