package io.tollwatch.proxy.tls;

/// Something outside is not as it should be; the message says what, in a sentence for the operator.
final class Unfit extends Exception {

  private static final long serialVersionUID = 1L;

  Unfit(String sentence) {
    super(sentence);
  }

  Unfit(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /// The sentence, which every one of these has.
  String sentence() {
    return String.valueOf(getMessage());
  }
}
