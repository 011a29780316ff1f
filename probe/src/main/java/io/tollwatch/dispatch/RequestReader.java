package io.tollwatch.dispatch;

import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.profile.Content;
import io.tollwatch.profile.Immovable;
import io.tollwatch.profile.Message;
import io.tollwatch.profile.Profile;
import io.tollwatch.profile.Route;
import io.tollwatch.redaction.BodyDecoder;
import io.tollwatch.redaction.Decoded;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.verdict.GatewayError;
import io.tollwatch.verdict.GatewayFacts;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads requests: what they do, which payment they are about, whether they can move. Thread-safe.
final class RequestReader {

  private static final Logger LOG = LoggerFactory.getLogger(RequestReader.class);

  /// Methods that move no money by themselves (RFC 9110, section 9.2.1).
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final BodyDecoder decoder;
  private final Joins joins;

  RequestReader(BodyDecoder decoder, Joins joins) {
    this.decoder = decoder;
    this.joins = joins;
  }

  /// Reads a request. Of one that can't be read, for whatever reason, nothing is known: the call
  /// goes on (P4).
  Reading read(Provider provider, Incoming incoming) {
    try {
      return readable(provider, incoming);
    } catch (RuntimeException | StackOverflowError e) {
      // its message may quote what must not be written down
      LOG.error("a call's request can't be read: {}", e.getClass().getName());
      return unreadable(incoming.method());
    }
  }

  private Reading readable(Provider provider, Incoming incoming) {
    Profile profile = provider.profile();
    String type = incoming.fields().first("Content-Type").orElse("");
    Optional<String> decoded = decoded(incoming);
    String text = decoded.orElse("");
    Route route = profile.route(incoming.method(), incoming.target(), () -> text, type);
    Content content = Content.ofRequest(incoming.target(), type, text);
    GatewayFacts facts = GatewayFacts.ofRequest(profile, incoming.target(), content);
    Optional<String> key =
        profile
            .idempotency()
            .key(route.operation())
            .flatMap(place -> place.text(incoming.fields(), content));
    Optional<PaymentIdentity> identity =
        route.movesMoney()
            ? provider
                .channel()
                .map(name ->
                    identity(name, route.operation(), provider.redactor(), key, facts.reference()))
            : Optional.empty();
    boolean whole = incoming.captured().whole() && decoded.isPresent();
    boolean certain =
        whole && identity.filter(known -> hides(known, key, facts.reference())).isEmpty();
    return new Reading(route, facts, text, key, identity, certain, true);
  }

  /// What a service says of a call that it made itself.
  Reading stated(Provider provider, Reported reported) {
    GatewayFacts facts = reported.facts();
    Optional<PaymentIdentity> identity =
        reported.movesMoney()
            ? provider
                .channel()
                .map(name ->
                    identity(
                        name,
                        reported.operation(),
                        provider.redactor(),
                        reported.key(),
                        facts.reference()))
            : Optional.empty();
    Route route = new Route(reported.operation(), reported.movesMoney(), Route.UNKNOWN);
    return new Reading(route, facts, "", reported.key(), identity, true, true);
  }

  private PaymentIdentity identity(
      String channel,
      Operation operation,
      Redactor redactor,
      Optional<String> key,
      Optional<String> reference) {
    String scope = channel + " " + operation.word();
    return new PaymentIdentity(
        channel,
        key.filter(redactor::harmless).map(value -> joins.key(scope, value)),
        reference.filter(redactor::harmless).map(value -> joins.reference(scope, value)));
  }

  /// By what a payment is known that a capture, a refund or a query names by its reference.
  PaymentIdentity paid(Provider provider, String channel, Reading reading) {
    return identity(
        channel, Operation.PAY, provider.redactor(), Optional.empty(), reading.facts().reference());
  }

  private static boolean hides(
      PaymentIdentity identity, Optional<String> key, Optional<String> reference) {
    return key.isPresent() != identity.key().isPresent()
        || reference.isPresent() != identity.reference().isPresent();
  }

  /// Why a request can't go to another account.
  Optional<Immovable.Why> immovable(Provider provider, Incoming incoming, Reading reading) {
    try {
      return reading.readable() && reading.certain()
          ? provider
              .profile()
              .cannotMove(
                  reading.route().operation(),
                  Message.request(incoming.target(), incoming.fields(), reading.text()))
          : Optional.of(Immovable.Why.ACCOUNT); // it may stand in what was not read
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("a call's request can't be read: {}", e.getClass().getName());
      return Optional.of(Immovable.Why.ACCOUNT);
    }
  }

  private static Reading unreadable(String method) {
    return new Reading(
        new Route(Operation.OTHER, !HARMLESS.contains(method), Route.UNKNOWN),
        new GatewayFacts(
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            GatewayError.none()),
        "",
        Optional.empty(),
        Optional.empty(),
        false,
        false);
  }

  /// The body's text before redaction, for the facts.
  private Optional<String> decoded(Incoming incoming) {
    return decoder.decode(incoming.captured(), incoming.fields())
            instanceof Decoded.Read(byte[] bytes, boolean _)
        ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
        : Optional.empty();
  }
}
