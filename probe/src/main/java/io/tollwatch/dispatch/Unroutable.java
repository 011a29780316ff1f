package io.tollwatch.dispatch;

import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Fault;
import java.util.Locale;

/// Why a call through a channel has nowhere to go.
public enum Unroutable {
  /// No provider can take it now.
  NO_PROVIDER(503, Fault.UNKNOWN, Action.BACK_OFF),
  /// What earlier runs left is not known yet.
  NOT_READY(503, Fault.MERCHANT_CONFIG, Action.BACK_OFF),
  /// Whether another sidecar has an attempt of the payment can't be asked.
  UNCONFIRMED(503, Fault.MERCHANT_CONFIG, Action.BACK_OFF),
  /// It works on a payment of which nobody knows who took it.
  UNKNOWN_TAKER(404, Fault.MERCHANT_REQUEST, Action.FIX_REQUEST),
  /// It has neither an idempotency key nor a merchant reference, and the channel wants one.
  NO_IDENTITY(400, Fault.MERCHANT_REQUEST, Action.FIX_REQUEST);

  private final int status;
  private final Fault fault;
  private final Action action;

  Unroutable(int status, Fault fault, Action action) {
    this.status = status;
    this.fault = fault;
    this.action = action;
  }

  /// What the caller is answered with.
  public int status() {
    return status;
  }

  Fault fault() {
    return fault;
  }

  Action action() {
    return action;
  }

  String rule() {
    return "tollwatch/" + name().toLowerCase(Locale.ROOT);
  }
}
