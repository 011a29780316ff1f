package io.tollwatch.proxy.egress;

import io.tollwatch.attempt.Progress;
import io.tollwatch.dispatch.Reply;
import io.tollwatch.dispatch.Scribe;
import io.tollwatch.exchange.Decision;
import io.tollwatch.proxy.http1.Refused;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.util.Map;
import java.util.TreeSet;

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
        .with("providers", known.names())
        .with("channels", new TreeSet<>(known.channels().keySet()));
  }

  /// @param name a word
  static Problem unknownChannel(String name, Providers known) {
    return new Problem(
            404, "unknown-channel", "No such channel", "No channel is named '" + name + "'.")
        .with("channels", new TreeSet<>(known.channels().keySet()));
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

  static Problem overloaded() {
    return new Problem(
            503,
            "overloaded",
            "More calls come than Tollwatch can work on",
            "The machine that Tollwatch runs on can't work on all the calls that come. Nothing was"
                + " sent, so it may be tried again.")
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
                lost.earlier().isEmpty()
                    ? "The call broke before anything of it was sent, so it may be tried again."
                    : "The call broke before anything of it was sent, but an earlier attempt of the"
                        + " payment may have been taken. Look at the earlier exchange.")
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
    Problem told =
        lost.earlier()
            .map(earlier -> problem.with("earlier_exchange", earlier.exchange()))
            .orElse(problem);
    Money money = lost.earlier().map(Reply.Earlier::money).orElse(lost.verdict().money());
    return told.with("sent", lost.progress() != Progress.UNSENT)
        .with("breakage", lost.breakage().word())
        .with("progress", lost.progress().word())
        .with("money", money.word())
        .with("category", lost.verdict().category().word())
        .with(
            "action",
            lost.earlier().map(_ -> Action.RECONCILE).orElse(lost.verdict().action()).word())
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
            "This call was not sent: "
                + refused.reason()
                + ". What it came to is "
                + refused.money().word().replace('_', ' ')
                + ". Look at the earlier exchange.")
        .with("sent", false)
        .with("money", refused.money().word())
        .with("earlier_exchange", refused.earlier());
  }

  static Problem unrouted(Reply.Unrouted unrouted) {
    Problem problem =
        switch (unrouted.why()) {
          case NO_PROVIDER ->
              unrouted(
                  unrouted,
                  "no-provider",
                  "No provider of the channel can take the call now",
                  "Nothing was sent. It may be tried again.");
          case NOT_READY ->
              unrouted(
                  unrouted,
                  "channel-not-ready",
                  "The channel is not ready yet",
                  "Tollwatch has just started and still reads which payments stand. Nothing was"
                      + " sent. It may be tried again, or sent to a provider by its name.");
          case UNCONFIRMED ->
              unrouted(
                  unrouted,
                  "claim-unconfirmed",
                  "Whether the payment stands at another sidecar can't be asked",
                  "Several sidecars serve the channel, and the ledger that they share did not"
                      + " confirm that the payment is nobody else's. Nothing was sent by this call."
                      + " It may be tried again when the database answers. The channel's key"
                      + " without-claims says what happens meanwhile.");
          case UNKNOWN_TAKER ->
              unrouted(
                  unrouted,
                  "unknown-payment",
                  "Nobody knows which provider took the payment",
                  "The call works on a payment that the ledger does not know, so it is not known"
                      + " where it must go. Nothing was sent. Send it to the provider by its name.");
          case NO_IDENTITY ->
              unrouted(
                  unrouted,
                  "identity-required",
                  "The payment needs an idempotency key or a merchant reference",
                  "The channel takes no payment without one (require-identity). Nothing was sent.");
        };
    return problem
        .with("sent", false)
        .with("money", unrouted.verdict().money().word())
        .with("category", unrouted.verdict().category().word())
        .with("action", unrouted.verdict().action().word())
        .with("exchange", unrouted.exchange())
        .with("decisions", unrouted.decisions().stream().map(Problems::shown).toList());
  }

  private static Problem unrouted(
      Reply.Unrouted unrouted, String kind, String title, String detail) {
    return new Problem(unrouted.why().status(), kind, title, detail);
  }

  private static Map<String, String> shown(Decision decision) {
    return Map.of(
        "kind", decision.kind().word(),
        "provider", decision.provider(),
        "reason", decision.reason());
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
