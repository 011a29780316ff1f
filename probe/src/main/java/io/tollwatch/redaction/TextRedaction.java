package io.tollwatch.redaction;

import java.util.List;
import java.util.function.UnaryOperator;

/// Redacts text of no particular form: values behind secret names, credentials, track data, bank
/// account and card numbers, and base64 of any of these. Thread-safe. Linear in the text.
final class TextRedaction {

  /// Nothing shorter gives itself away: `pin=1`.
  private static final int SHORTEST_CHARS = 5;

  private final NamedValues namedValues;
  private final Emails emails;
  private final Base64Values inner = new Base64Values(this::hidesWithin);
  private final List<Look> looks;

  TextRedaction(SecretNames names, Emails emails) {
    this.namedValues = new NamedValues(names);
    this.emails = emails;
    this.looks =
        List.of(
            // first what is known by name or by a word before it: a JWT is more than its parts
            new Look(FirstLook.NAMED, namedValues::mask),
            new Look(FirstLook.CREDENTIAL, Credentials::mask),
            new Look(FirstLook.BASE64, new Base64Values(this::hides)::mask),
            new Look(FirstLook.ACCOUNT, Ibans::mask),
            new Look(FirstLook.CARD, CardNumbers::mask),
            new Look(FirstLook.EMAIL, emails == Emails.MASK ? EmailAddresses::mask : it -> it));
  }

  /// One of the looks at a text, for which there must have been a sign.
  private record Look(int sign, UnaryOperator<String> mask) {}

  String redact(String text) {
    if (text.length() < SHORTEST_CHARS) {
      return text;
    }
    int signs = FirstLook.at(text);
    return signs == FirstLook.NOTHING ? text : look(text, signs);
  }

  /// Looks closer, as far as there were signs of something.
  String look(String text, int signs) {
    String masked = text;
    int left = signs;
    for (Look each : looks) {
      if ((left & each.sign()) != 0) {
        String next = each.mask().apply(masked);
        if (!next.equals(masked)) {
          masked = next;
          left = FirstLook.ALL; // the signs were of another text
        }
      }
    }
    return masked;
  }

  /// What base64 says in base64 is looked at, too.
  private boolean hides(String decoded) {
    String named = named(decoded);
    return !named.equals(decoded) || !shapes(inner.mask(named)).equals(named);
  }

  /// Deeper than that nobody looks: base64 in it is masked with it.
  private boolean hidesWithin(String decoded) {
    String named = named(decoded);
    return !named.equals(decoded) || !shapes(named).equals(named) || Base64Values.nested(named);
  }

  private String named(String text) {
    return Credentials.mask(namedValues.mask(text));
  }

  private String shapes(String text) {
    String masked = CardNumbers.mask(Ibans.mask(text));
    return emails == Emails.MASK ? EmailAddresses.mask(masked) : masked;
  }
}
