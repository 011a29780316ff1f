package io.tollwatch.proxy.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// The process's signals. The JDK has no other way to end with 0 on SIGTERM, or to hear of SIGHUP,
/// than `sun.misc.Signal` in its module `jdk.unsupported`, which it keeps for this. It is reached
/// by name, because javac warns of it whatever it is told.
final class Signals {

  /// What a shell reports of a process that SIGTERM ended.
  private static final int ENDED_AT_ONCE = 143;

  private Signals() {}

  /// Runs the action at the first SIGTERM or SIGINT; the second ends the process at once.
  static void onStop(Runnable action) {
    AtomicBoolean asked = new AtomicBoolean();
    for (String name : List.of("TERM", "INT")) {
      handle(
          name,
          () -> {
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
    handle("HUP", action);
  }

  private static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object calling =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (_, _, _) -> {
                action.run();
                return null;
              });
      Object wanted = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, wanted, calling);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a Java runtime without jdk.unsupported", e);
    }
  }
}
