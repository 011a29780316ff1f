package io.tollwatch.redaction;

/// Redacts text of no particular form: values behind secret names, credentials, track data, card
/// numbers. Thread-safe. Linear in the text.
final class TextRedaction {

  private final NamedValues namedValues;

  TextRedaction(SecretNames names) {
    this.namedValues = new NamedValues(names);
  }

  String redact(String text) {
    return CardNumbers.mask(Credentials.mask(namedValues.mask(text)));
  }
}
