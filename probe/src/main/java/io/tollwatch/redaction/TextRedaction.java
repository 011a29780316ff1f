package io.tollwatch.redaction;

/// Redacts text of no particular form: values behind secret names, credentials, track data, card
/// numbers. Thread-safe. Linear in the text.
final class TextRedaction {

  /// Nothing shorter gives itself away: `pin=1`.
  private static final int SHORTEST_CHARS = 5;

  private final NamedValues namedValues;

  TextRedaction(SecretNames names) {
    this.namedValues = new NamedValues(names);
  }

  String redact(String text) {
    if (text.length() < SHORTEST_CHARS) {
      return text;
    }
    return CardNumbers.mask(Credentials.mask(namedValues.mask(text)));
  }
}
