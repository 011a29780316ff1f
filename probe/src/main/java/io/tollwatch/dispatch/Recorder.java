package io.tollwatch.dispatch;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.ledger.Recorded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records calls in the ledger and tells the observer. Whatever fails there must not cost a call
/// its answer (P4). Thread-safe.
final class Recorder {

  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private final Ledger ledger;
  private final Observer observer;

  Recorder(Ledger ledger, Observer observer) {
    this.ledger = ledger;
    this.observer = observer;
  }

  /// Before the first byte leaves (P2).
  Recorded record(Intent intent) {
    harmlessly("observer", () -> observer.begun(intent));
    try {
      return ledger.intent(intent);
    } catch (RuntimeException e) {
      failed("ledger", e);
      return new Recorded.NotKept("the ledger failed");
    }
  }

  /// After the last one.
  void settle(Intent intent, Outcome outcome) {
    harmlessly("ledger", () -> ledger.outcome(outcome));
    tell(intent, outcome);
  }

  /// Of a call that is in no ledger.
  void tell(Intent intent, Outcome outcome) {
    harmlessly("observer", () -> observer.settled(intent, outcome));
  }

  private static void harmlessly(String what, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      failed(what, e);
    }
  }

  private static void failed(String what, RuntimeException trouble) {
    // its message may quote what must not be written down
    LOG.error("the {} failed at a call: {}", what, trouble.getClass().getName());
  }
}
