package io.tollwatch.proxy.cli;

import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;

/// The words of verdicts in plain words. Stateless.
final class Meanings {

  private Meanings() {}

  static String of(Category category) {
    return switch (category) {
      case NOT_SENT -> "no byte of the request can have reached the gateway";
      case ANSWER_LOST -> "the request left, and no complete trustworthy answer came";
      case PROVIDER_ERROR -> "the gateway says that the fault is its own";
      case DOWNSTREAM_UNAVAILABLE ->
          "the gateway is fine; issuer, acquirer, network, bank rail or 3DS server is not";
      case RATE_LIMITED -> "refused because of volume";
      case IN_PROGRESS_CONFLICT -> "the same key or object is being worked on now";
      case STATE_CONFLICT -> "the object is captured, closed, a duplicate or unknown already";
      case REQUEST_INVALID -> "our request can't be accepted";
      case CONFIG_OR_AUTH ->
          "keys, permissions, account set-up, a method that is not enabled, or certificates";
      case DECLINE_SOFT -> "refused; may work later or elsewhere";
      case DECLINE_HARD -> "refused for good with this card or account";
      case FRAUD_BLOCK -> "a risk engine of issuer, gateway or merchant refused it";
      case CUSTOMER_INPUT -> "security code, expiry, PIN, address or another input is wrong";
      case CUSTOMER_ACTION_REQUIRED ->
          "the customer must act first: 3DS, a redirect, a QR code, a PIN";
      case AUTHENTICATION_FAILED -> "3DS or another authentication of the customer failed";
      case CUSTOMER_CANCELLED -> "cancelled, abandoned or expired; a late success is possible";
      case PENDING -> "accepted; the result comes later";
      case SUCCEEDED -> "final and positive";
      case UNKNOWN -> "no rule knows it";
    };
  }

  static String of(Fault fault) {
    return switch (fault) {
      case NONE -> "nobody's";
      case PROVIDER -> "the gateway's own";
      case NETWORK -> "the way between us and the gateway";
      case ISSUER -> "the customer's bank or the card network";
      case CUSTOMER -> "the customer's data, balance or consent";
      case MERCHANT_CONFIG -> "our keys, permissions, certificates or account set-up";
      case MERCHANT_REQUEST -> "our request can't be accepted as it is";
      case RATE_LIMIT -> "too much at once";
      case FRAUD -> "a risk engine refused it";
      case UNKNOWN -> "not known";
    };
  }

  static String of(Money money) {
    return switch (money) {
      case NONE -> "such a call moves none";
      case NOT_SENT -> "nothing reached the gateway";
      case REJECTED -> "the gateway did not take it";
      case IN_DOUBT -> "it may have been taken: find out before anything is sent elsewhere or anew";
      case PENDING -> "not final yet: the result comes later";
      case SUCCEEDED -> "it was taken";
    };
  }

  static String of(Action action) {
    return switch (action) {
      case NONE -> "nothing";
      case RETRY_SAME -> "the same again, to the same gateway, with the same key";
      case FAIL_OVER -> "another gateway may be tried, where the gate allows it";
      case BACK_OFF -> "later and slower";
      case FIX_CONFIG -> "mend keys, permissions, certificates or the account";
      case FIX_REQUEST -> "mend the request";
      case TELL_CUSTOMER -> "the customer must act, or pay another way";
      case RECONCILE -> "ask the gateway what became of it";
    };
  }
}
