package io.tollwatch.proxy.incident;

import io.tollwatch.fixtures.FastTime;
import io.tollwatch.fixtures.Pause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A till and its customers, each with a thread of its own: who waits holds up nobody else.
/// Thread-safe.
final class Shop implements AutoCloseable {

  private final String name;
  private final Till till;
  private final Pause closing;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Payment> payments = new CopyOnWriteArrayList<>();
  private final List<Future<?>> running = new CopyOnWriteArrayList<>();

  /// @param name what its orders' names begin with
  /// @param closing ends all waits of the till
  Shop(String name, Till till, Pause closing) {
    this.name = name;
    this.till = till;
    this.closing = closing;
  }

  /// A customer comes.
  ///
  /// @param number the same one for the same customer in all shops
  void serve(int number, String card, FastTime time, boolean inBadTimes) {
    Payment payment = new Payment(name + "-" + number, card, time.now(), inBadTimes);
    payments.add(payment);
    running.add(threads.submit(() -> till.take(payment)));
  }

  /// Takes a payment that does not count.
  void warmUp(int number, String card, FastTime time) {
    till.take(new Payment(name + "-warm-" + number, card, time.now(), false));
  }

  /// The payments so far.
  List<Payment> payments() {
    return payments;
  }

  /// How many customers were told that it takes longer, and do not know yet how it ended.
  int open() {
    return Math.toIntExact(
        payments.stream()
            .filter(each -> each.told() == Payment.Told.NOTHING && each.waited().isPresent())
            .count());
  }

  private boolean isBusy() {
    return running.stream().anyMatch(each -> !each.isDone());
  }

  /// Waits until all customers know, at most so long.
  boolean awaitAll(Pause pause, Duration step, int steps) {
    for (int i = 0; i < steps && isBusy(); i++) {
      boolean _ = pause.lasts(step);
    }
    return !isBusy();
  }

  @Override
  public void close() {
    closing.close();
    threads.shutdown();
    threads.close();
  }
}
