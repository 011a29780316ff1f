package io.tollwatch.redaction;

/// Redacts text of no particular form: values behind secret names, credentials, track data, bank
/// account and card numbers, and base64 of any of these. Thread-safe. Linear in the text.
final class TextRedaction {

  /// Nothing shorter gives itself away: `pin=1`.
  private static final int SHORTEST_CHARS = 5;

  private final NamedValues namedValues;
  private final Emails emails;
  private final Base64Values outer = new Base64Values(this::hides);
  private final Base64Values inner = new Base64Values(this::hidesWithin);

  TextRedaction(SecretNames names, Emails emails) {
    this.namedValues = new NamedValues(names);
    this.emails = emails;
  }

  String redact(String text) {
    return text.length() < SHORTEST_CHARS ? text : shapes(outer.mask(named(text)));
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

  /// First what is known by name or by a word before it: a JWT is more than its parts in base64.
  private String named(String text) {
    return Credentials.mask(namedValues.mask(text));
  }

  private String shapes(String text) {
    String masked = CardNumbers.mask(Ibans.mask(text));
    return emails == Emails.MASK ? EmailAddresses.mask(masked) : masked;
  }
}
