package io.tollwatch.proxy.egress;

import io.tollwatch.attempt.Progress;
import io.tollwatch.dispatch.Reply;
import io.tollwatch.dispatch.Scribe;
import io.tollwatch.proxy.http1.Refused;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;

/// The problems that a caller can be told, each in one place.
final class Problems {

  private Problems() {}

  static Problem refused(Refused refused) {
    return new Problem(
            refused.status(),
            "request-refused",
            "Tollwatch did not take the request",
            "The request was refused: " + refused.reason() + ". Nothing was sent to a provider.")
        .with("sent", false);
  }

  static Problem unknownProvider(Destination destination, Providers known) {
    String missing = known.incomplete().get(destination.provider());
    if (missing != null) {
      return new Problem(
              404,
              "provider-not-configured",
              "The provider must be configured first",
              missing + ". Nothing was sent to a provider.")
          .with("sent", false);
    }
    return new Problem(
            404,
            "unknown-provider",
            "No such provider",
            "No provider is named '"
                + destination.shownProvider()
                + "'. The first segment of the path names it. Nothing was sent to a provider.")
        .with("sent", false)
        .with("providers", known.names());
  }

  static Problem busy(String provider) {
    return new Problem(
            503,
            "provider-busy",
            "Too many calls to the provider are under way",
            "As many calls to '"
                + provider
                + "' are under way as may be (limits), because it is slow or there are many. Nothing"
                + " was sent, so it may be tried again.")
        .with("sent", false)
        .with("money", Money.NOT_SENT.word())
        .with("category", Category.NOT_SENT.word());
  }

  static Problem lost(Reply.Lost lost) {
    int status = Scribe.lostStatus(lost.breakage(), lost.progress());
    Problem problem =
        lost.progress() == Progress.UNSENT
            ? new Problem(
                status,
                "nothing-sent",
                "Nothing was sent to the provider",
                "The call broke before anything of it was sent, so it may be tried again.")
            : new Problem(
                status,
                status == 504 ? "answer-timed-out" : "answer-lost",
                "The provider's answer was lost",
                lost.verdict().money() == Money.IN_DOUBT
                    ? "The request was sent, or a part of it, and no complete answer came. The"
                        + " provider may have taken the payment: look it up, or repeat it with the"
                        + " same idempotency key, before trying anything else."
                    : "The request was sent, or a part of it, and no complete answer came. The call"
                        + " moves no money, so it may be tried again.");
    return problem
        .with("sent", lost.progress() != Progress.UNSENT)
        .with("breakage", lost.breakage().word())
        .with("progress", lost.progress().word())
        .with("money", lost.verdict().money().word())
        .with("category", lost.verdict().category().word())
        .with("action", lost.verdict().action().word())
        .with("exchange", lost.exchange());
  }

  /// Nothing is known of how far the call got, so it counts as sent.
  static Problem failed() {
    return new Problem(
            502,
            "tollwatch-failed",
            "Tollwatch failed at this call",
            "The request may have been sent. Look the payment up, or repeat it with the same"
                + " idempotency key, before trying anything else.")
        .with("money", Money.IN_DOUBT.word());
  }

  static Problem repeat(Reply.Refused refused) {
    return new Problem(
            409,
            "repeat-refused",
            "An earlier call of the same payment may have been taken",
            "This call was not sent, because an earlier one with the same key or body is "
                + refused.money().word().replace('_', ' ')
                + " (duplicates: refuse). Look at the earlier exchange.")
        .with("sent", false)
        .with("money", refused.money().word())
        .with("earlier_exchange", refused.earlier());
  }

  static Problem unrecorded(Reply.Unrecorded unrecorded) {
    return new Problem(
            503,
            "not-recorded",
            "Nothing was sent, because it could not be recorded",
            "The ledger keeps nothing now ("
                + unrecorded.reason()
                + ") and is strict, so this call was not made.")
        .with("sent", false)
        .with("money", unrecorded.verdict().money().word())
        .with("category", unrecorded.verdict().category().word())
        .with("exchange", unrecorded.exchange());
  }
}
