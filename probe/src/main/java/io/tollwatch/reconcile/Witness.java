package io.tollwatch.reconcile;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.Progress;
import io.tollwatch.dispatch.ExchangeIds;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.exchange.Correlation;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.exchange.Resolution;
import io.tollwatch.ledger.Ledger;
import io.tollwatch.profile.Message;
import io.tollwatch.profile.Webhook;
import io.tollwatch.reconcile.Heard.Trust;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.verdict.GatewayError;
import io.tollwatch.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Hears webhooks that the service relays. Each is kept, redacted, as an exchange of origin
/// `reconcile`; only one whose signature is right settles anything. Thread-safe.
public final class Witness {

  private static final String RULE = "tollwatch/evidence_";

  private final Doubts doubts;
  private final Ledger ledger;
  private final InstantSource clock;
  private final ExchangeIds ids = new ExchangeIds();

  /// @param ledger where they are kept
  public Witness(Doubts doubts, Ledger ledger, InstantSource clock) {
    this.doubts = doubts;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// Hears one.
  ///
  /// @param fields the webhook's header fields
  /// @param body the webhook's body as it came
  /// @return empty if there is no such provider
  public Optional<Heard> hear(String provider, Fields fields, String body) {
    return doubts.desk(provider).map(desk -> hear(desk, fields, body, true));
  }

  /// Whether an exchange is a webhook whose signature was right.
  public static boolean isSigned(Exchange exchange) {
    return exchange
        .outcome()
        .filter(it -> it.verdict().rule().equals(RULE + Trust.SIGNED.word()))
        .isPresent();
  }

  /// Hears one from whomever: what is not signed right is not even kept.
  ///
  /// @param fields the webhook's header fields
  /// @param body the webhook's body as it came
  /// @return empty if there is no such provider
  public Optional<Heard> heed(String provider, Fields fields, String body) {
    return doubts.desk(provider).map(desk -> hear(desk, fields, body, false));
  }

  private Heard hear(Desk desk, Fields fields, String body, boolean keepsAll) {
    Instant now = clock.instant();
    Provider provider = desk.provider();
    String id = ids.next(now);
    Message webhook = Message.answer(0, fields, provider.profile().content(body));
    List<Webhook> known = provider.profile().lookup().webhooks();
    Trust trust =
        desk.webhookSecret().isEmpty() || known.isEmpty() ? Trust.UNCHECKED : Trust.UNSIGNED;
    List<Webhook.Event> events = new ArrayList<>();
    for (Webhook each : known) {
      String secret = desk.webhookSecret().orElse("");
      if (!secret.isEmpty() && signed(each, webhook, body, secret, now, events)) {
        trust = Trust.SIGNED;
      }
    }
    if (keepsAll || trust == Trust.SIGNED) {
      keep(provider, id, now, fields, body, trust);
    }
    List<String> settled = new ArrayList<>();
    for (Webhook.Event event : events) {
      settled.addAll(settle(provider.name(), known, event, id));
    }
    return new Heard(id, trust, settled, reason(trust, events, settled));
  }

  /// Adds the events that are signed.
  ///
  /// @return whether any of it is
  private static boolean signed(
      Webhook kind,
      Message webhook,
      String body,
      String secret,
      Instant now,
      List<Webhook.Event> events) {
    if (!kind.signing().byEvent()) {
      boolean right = kind.signing().holds(webhook, body, secret, now);
      if (right) {
        events.addAll(kind.events(webhook));
      }
      return right;
    }
    List<Webhook.Event> right =
        kind.events(webhook).stream()
            .filter(event -> kind.signing().holds(event.message(), body, secret, now))
            .toList();
    events.addAll(right);
    return !right.isEmpty();
  }

  /// That a payment was not taken counts only of an event that names it by the gateway's id or by
  /// the request's key, within its life: a reference may be that of an earlier attempt, and a key
  /// that the gateway has forgotten that of a later one.
  private List<String> settle(
      String provider, List<Webhook> kinds, Webhook.Event event, String evidence) {
    List<String> settled = new ArrayList<>();
    if (event.money() == Money.SUCCEEDED) {
      doubts.saidTaken(provider, Facts.REFERENCE, event.reference());
    }
    boolean proves = event.money() == Money.SUCCEEDED || event.money() == Money.REJECTED;
    for (Case doubt : proves ? about(provider, event) : List.<Case>of()) {
      boolean forOperation =
          kinds.stream()
              .anyMatch(kind ->
                  kind.operations().isEmpty() || kind.operations().contains(doubt.operation()));
      if (forOperation
          && doubts.prove(
              doubt, event.money(), Resolution.By.EVIDENCE, "a webhook of the gateway", evidence)) {
        settled.add(doubt.exchange());
      }
    }
    return settled;
  }

  /// Of several calls with one key some may have broken before they told the gateway's id.
  private Collection<Case> about(String provider, Webhook.Event event) {
    Set<Case> surely = new LinkedHashSet<>(named(provider, Facts.PAYMENT, event.payment()));
    event
        .key()
        .ifPresent(key ->
            doubts.all().stream()
                .filter(each -> each.provider().equals(provider))
                .filter(each -> each.fact(Facts.KEY).filter(key::equals).isPresent())
                .filter(each -> event.money() == Money.SUCCEEDED || doubts.isKeyAlive(each))
                .forEach(surely::add));
    if (!surely.isEmpty() || event.money() != Money.SUCCEEDED) {
      return surely;
    }
    return named(provider, Facts.REFERENCE, event.reference()).stream()
        .filter(each -> !isOfAnother(each, Facts.PAYMENT, event.payment()))
        .filter(each -> !isOfAnother(each, Facts.KEY, event.key()))
        .filter(each -> !doubts.isAmbiguous(each))
        .toList();
  }

  /// Whether the event names a payment with the same reference that is not that one.
  private static boolean isOfAnother(Case doubt, String fact, Optional<String> named) {
    Optional<String> known = doubt.fact(fact);
    return known.isPresent() && named.isPresent() && !known.equals(named);
  }

  private List<Case> named(String provider, String fact, Optional<String> value) {
    return value.map(text -> doubts.named(provider, fact, text)).orElse(List.of());
  }

  private static String reason(Trust trust, List<Webhook.Event> events, List<String> settled) {
    return switch (trust) {
      case UNCHECKED -> "kept; there is no webhook-secret for it, or the profile knows no webhooks";
      case UNSIGNED -> "kept, but its signature is not right: it settles nothing";
      case SIGNED ->
          settled.isEmpty()
              ? events.isEmpty() ? "it says nothing of payments" : "nothing of it was in doubt"
              : "it settled what was in doubt";
    };
  }

  private void keep(
      Provider provider, String id, Instant now, Fields fields, String body, Trust trust) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Intent intent =
        new Intent(
            id,
            now,
            Origin.RECONCILE,
            provider.name(),
            provider.profile().name(),
            Operation.OTHER,
            false,
            "POST",
            "/api/evidence",
            provider.redactor().fields(fields),
            provider.redactor().body(new CapturedBody(bytes, bytes.length, true), fields),
            Correlation.only(""),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var _ = ledger.intent(intent);
    var _ = ledger.outcome(outcome(id, trust));
  }

  private static Outcome outcome(String id, Trust trust) {
    boolean right = trust == Trust.SIGNED;
    return new Outcome(
        id,
        Progress.UNSENT,
        Optional.empty(),
        Optional.empty(),
        new PhaseTimings(List.of(), 0),
        ConnectionFacts.none(),
        new Verdict(
            right ? Category.SUCCEEDED : Category.UNKNOWN,
            right ? Fault.NONE : Fault.UNKNOWN,
            Money.NONE,
            Action.NONE,
            GatewayError.none(),
            false,
            false,
            RULE + trust.word(),
            "tollwatch@1"),
        200,
        false);
  }
}
