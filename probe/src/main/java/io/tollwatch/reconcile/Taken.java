package io.tollwatch.reconcile;

import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.PaymentIdentity;
import io.tollwatch.exchange.TextHash;
import io.tollwatch.taxonomy.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// A payment that was taken. Immutable.
///
/// @param key fingerprint of its idempotency key
/// @param payment the gateway's id of it
/// @param names by what the same payment would be known elsewhere, as hashes
/// @param doubted whether it was in doubt before
record Taken(
    String exchange,
    String provider,
    Optional<String> key,
    Optional<String> payment,
    List<Long> names,
    OptionalLong amountMinor,
    Optional<String> currency,
    Optional<String> reference,
    boolean doubted) {

  Taken {
    names = List.copyOf(names);
  }

  static Taken of(Intent intent) {
    var correlation = intent.correlation();
    var handles = correlation.handles();
    return new Taken(
        intent.id(),
        intent.provider(),
        correlation.idempotencyKey(),
        handles.payment(),
        names(
            intent.operation(),
            correlation.identity(),
            correlation.reference(),
            handles.amountMinor(),
            handles.currency()),
        handles.amountMinor(),
        handles.currency(),
        correlation.reference(),
        false);
  }

  static Taken of(Case doubt) {
    return new Taken(
        doubt.exchange(),
        doubt.provider(),
        doubt.key(),
        doubt.fact(Facts.PAYMENT),
        names(
            doubt.operation(),
            doubt.identity(),
            doubt.fact(Facts.REFERENCE),
            doubt.amountMinor(),
            doubt.currency()),
        doubt.amountMinor(),
        doubt.currency(),
        doubt.fact(Facts.REFERENCE),
        true);
  }

  private static List<Long> names(
      Operation operation,
      Optional<PaymentIdentity> identity,
      Optional<String> reference,
      OptionalLong amount,
      Optional<String> currency) {
    List<Long> names = new ArrayList<>();
    if (operation != Operation.PAY) {
      return names; // several captures and refunds of one payment are as things should be
    }
    identity
        .flatMap(PaymentIdentity::key)
        .ifPresent(key -> names.add(TextHash.of("key", identity.get().channel(), key)));
    identity
        .flatMap(PaymentIdentity::reference)
        .ifPresent(own -> names.add(TextHash.of("own", identity.get().channel(), own)));
    if (amount.isPresent() && currency.isPresent()) {
      String money = amount.getAsLong() + " " + currency.get().toUpperCase(Locale.ROOT);
      reference.ifPresent(text -> names.add(TextHash.of("amount", text, money)));
    }
    return names;
  }
}
