package io.tollwatch.checks.plain;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Work with a limit of time. Stateless.
///
/// The system's resolver can't be interrupted and would hold a carrier of virtual threads for as
/// long as a name server is silent, so all of it runs on platform threads, at most [#THREADS].
final class Timed {

  static final int THREADS = 16;

  private static final ExecutorService WORKERS =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().name("tollwatch-probe-", 0).daemon().factory());

  private Timed() {}

  /// Does it, or gives it up.
  ///
  /// @param cut is closed when the time is over, so that the work ends
  /// @throws IOException as the work, or because the time is over
  static <T> T within(Duration limit, Closeable cut, Callable<T> work) throws IOException {
    Future<T> done = WORKERS.submit(work);
    try {
      return done.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException trouble) {
        throw trouble;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      cut.close();
      done.cancel(true);
      throw new IOException("no end within " + limit.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      cut.close();
      done.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
