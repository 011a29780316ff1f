package io.tollwatch.background;

import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Threads for work that is long and can wait, such as reports: the operating system gives them a
/// processor when calls leave one, and takes it back at once when a call goes on. Java's own
/// priorities do nothing on Linux, unless the JVM is told so by a flag that it warns about.
/// Thread-safe.
///
/// Not for what must keep up, such as the feeding of the store: where other processes want all
/// processors such a thread may need minutes for seconds of work, and the journal has a bound.
///
/// Where the system knows no such thing, or does not let us, they are threads like all others.
public final class Background {

  /// By `nice(1)`, so that 10 gets a tenth of a processor that others want all the time. Not less:
  /// while the JVM stops all its threads, it waits for this one to get so far, and so do calls. A
  /// process that shares the processor would keep it from that.
  static final int NICENESS = 10;

  private static final int PRIO_PROCESS = 0;

  /// To `setpriority(2)` it means the thread that calls. POSIX lets it mean the whole process, as
  /// elsewhere it does.
  private static final int CALLER = 0;

  private static final System.Logger LOG = System.getLogger(Background.class.getName());

  private static final Optional<MethodHandle> SET_PRIORITY =
      System.getProperty("os.name").equals("Linux") ? setPriority() : Optional.empty();

  private Background() {}

  /// A daemon thread that is not started yet.
  public static Thread thread(String name, Runnable work) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .unstarted(() -> {
          stepBack();
          work.run();
        });
  }

  private static void stepBack() {
    SET_PRIORITY.ifPresent(call -> {
      try {
        var _ = (int) call.invokeExact(PRIO_PROCESS, CALLER, NICENESS);
      } catch (Throwable e) {
        throw new IllegalStateException("setpriority", e);
      }
    });
  }

  private static Optional<MethodHandle> setPriority() {
    Linker linker = Linker.nativeLinker();
    try {
      return linker
          .defaultLookup()
          .find("setpriority")
          .map(address ->
              linker.downcallHandle(
                  address,
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_INT,
                      ValueLayout.JAVA_INT,
                      ValueLayout.JAVA_INT,
                      ValueLayout.JAVA_INT)));
    } catch (UnsupportedOperationException | IllegalCallerException e) {
      LOG.log(Level.DEBUG, "background work has no priority of its own: {0}", e.toString());
      return Optional.empty();
    }
  }
}
