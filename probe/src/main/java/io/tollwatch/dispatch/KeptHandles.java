package io.tollwatch.dispatch;

import io.tollwatch.exchange.Handles;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.verdict.GatewayFacts;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// What of a request's lookup handles the content rules leave readable. Stateless.
final class KeptHandles {

  /// So many does the smallest minor unit in use add (ISO 4217).
  private static final int MAX_ZEROS = 3;

  private KeptHandles() {}

  /// @param named whether the idempotency key and the reference, if there are any, are kept where
  ///   they stand in the request
  static Handles of(GatewayFacts facts, boolean named, Redactor redactor) {
    Optional<String> payment = facts.payment().filter(value -> redactor.harmless(value));
    OptionalLong amount = amount(facts.amountMinor(), redactor);
    Optional<String> currency = facts.currency().filter(KeptHandles::currency);
    boolean all =
        payment.equals(facts.payment())
            && amount.equals(facts.amountMinor())
            && currency.equals(facts.currency())
            && named;
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
    if (minor.isEmpty()) {
      return minor;
    }
    long left = minor.getAsLong();
    for (int zeros = 0; zeros <= MAX_ZEROS && left != 0; zeros++, left /= 10) {
      if (!redactor.harmless(Long.toString(left))) {
        return OptionalLong.empty();
      }
    }
    return minor;
  }

  /// Three letters (ISO 4217); anything else may be anything.
  private static boolean currency(String value) {
    String upper = value.toUpperCase(Locale.ROOT);
    return upper.length() == 3
        && letter(upper.charAt(0))
        && letter(upper.charAt(1))
        && letter(upper.charAt(2));
  }

  private static boolean letter(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
