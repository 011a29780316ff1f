package io.tollwatch.dispatch;

import io.tollwatch.exchange.Handles;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.verdict.GatewayFacts;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// What of a request's lookup handles the content rules leave readable. Stateless.
final class KeptHandles {

  private KeptHandles() {}

  /// @param key the idempotency key; it is kept where it stands in the request, if it may be
  static Handles of(GatewayFacts facts, Optional<String> key, Redactor redactor) {
    Optional<String> payment = facts.payment().filter(value -> redactor.harmless(value));
    OptionalLong amount = amount(facts.amountMinor(), redactor);
    Optional<String> currency = facts.currency().filter(KeptHandles::currency);
    boolean all =
        payment.equals(facts.payment())
            && amount.equals(facts.amountMinor())
            && currency.equals(facts.currency())
            && facts.reference().filter(value -> !redactor.harmless(value)).isEmpty()
            && key.filter(value -> !redactor.harmless(value)).isEmpty();
    return new Handles(
        payment,
        amount,
        currency,
        facts.rail(), // a word of the profile's, nothing that the caller wrote
        all ? Handles.Resolve.BY_LOOKUP : Handles.Resolve.BY_HAND);
  }

  /// In minor units there are more zeros at the end than the caller wrote: it must be readable
  /// without any of them.
  private static OptionalLong amount(OptionalLong minor, Redactor redactor) {
    return minor.isPresent()
            && LongStream.iterate(minor.getAsLong(), each -> each / 10)
                .takeWhile(each -> each != 0)
                .limit(4)
                .allMatch(each -> redactor.harmless(Long.toString(each)))
        ? minor
        : OptionalLong.empty();
  }

  /// Three letters (ISO 4217); anything else may be anything.
  private static boolean currency(String value) {
    String upper = value.toUpperCase(Locale.ROOT);
    return upper.length() == 3 && upper.chars().allMatch(c -> c >= 'A' && c <= 'Z');
  }
}
