package io.tollwatch.taxonomy;

import java.util.Locale;

/// What an attempt comes to, in one of 19 words. A category fixes the defaults of money and action;
/// a profile's rule may override them.
public enum Category {
  /// No byte of the request can have reached the gateway's application.
  NOT_SENT(Money.NOT_SENT, Action.FAIL_OVER),
  /// The request, or a part, left; no complete trustworthy answer came.
  ANSWER_LOST(Money.IN_DOUBT, Action.RECONCILE),
  /// Complete answer: the gateway says that the fault is its own.
  PROVIDER_ERROR(Money.IN_DOUBT, Action.RECONCILE),
  /// The gateway is fine; issuer, acquirer, network, bank rail or 3DS server is not.
  DOWNSTREAM_UNAVAILABLE(Money.REJECTED, Action.BACK_OFF),
  /// Refused because of volume.
  RATE_LIMITED(Money.REJECTED, Action.BACK_OFF),
  /// The same key or object is being worked on now.
  IN_PROGRESS_CONFLICT(Money.IN_DOUBT, Action.RETRY_SAME),
  /// The object is captured, closed, a duplicate or unknown already.
  STATE_CONFLICT(Money.REJECTED, Action.RECONCILE),
  /// Our request can't be accepted.
  REQUEST_INVALID(Money.REJECTED, Action.FIX_REQUEST),
  /// Keys, permissions, account set-up, method not enabled, certificates.
  CONFIG_OR_AUTH(Money.REJECTED, Action.FIX_CONFIG),
  /// Refused; may work later or elsewhere.
  DECLINE_SOFT(Money.REJECTED, Action.TELL_CUSTOMER),
  /// Refused for good with this instrument.
  DECLINE_HARD(Money.REJECTED, Action.TELL_CUSTOMER),
  /// A risk engine of issuer, gateway or merchant refused it.
  FRAUD_BLOCK(Money.REJECTED, Action.TELL_CUSTOMER),
  /// CVC, expiry, PIN, OTP, address or scanned code is wrong.
  CUSTOMER_INPUT(Money.REJECTED, Action.TELL_CUSTOMER),
  /// 3DS, redirect, QR or PIN is pending, or demanded.
  CUSTOMER_ACTION_REQUIRED(Money.PENDING, Action.TELL_CUSTOMER),
  /// 3DS or another authentication of the customer failed.
  AUTHENTICATION_FAILED(Money.REJECTED, Action.TELL_CUSTOMER),
  /// Cancelled, abandoned or expired. A late success is possible.
  CUSTOMER_CANCELLED(Money.REJECTED, Action.NONE),
  /// Accepted; the result comes later.
  PENDING(Money.PENDING, Action.RECONCILE),
  /// Final and positive.
  SUCCEEDED(Money.SUCCEEDED, Action.NONE),
  /// No rule matched.
  UNKNOWN(Money.IN_DOUBT, Action.RECONCILE);

  private final Money money;
  private final Action action;

  Category(Money money, Action action) {
    this.money = money;
    this.action = action;
  }

  /// The word of the design, as it stands in JSON, metrics and on pages.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The value of that word.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Category ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /// Whether a call of this category ended as calls should: answered, even if with a no. Declines
  /// are answers (P8).
  public boolean endsWell() {
    return switch (this) {
      case SUCCEEDED,
          PENDING,
          CUSTOMER_ACTION_REQUIRED,
          DECLINE_SOFT,
          DECLINE_HARD,
          FRAUD_BLOCK,
          CUSTOMER_INPUT,
          AUTHENTICATION_FAILED,
          CUSTOMER_CANCELLED ->
          true;
      case NOT_SENT,
          ANSWER_LOST,
          PROVIDER_ERROR,
          DOWNSTREAM_UNAVAILABLE,
          RATE_LIMITED,
          IN_PROGRESS_CONFLICT,
          STATE_CONFLICT,
          REQUEST_INVALID,
          CONFIG_OR_AUTH,
          UNKNOWN ->
          false;
    };
  }

  /// What it means for the money of a call that may move some, where no rule says otherwise.
  public Money money() {
    return money;
  }

  /// What to do, where no rule says otherwise.
  public Action action() {
    return action;
  }
}
