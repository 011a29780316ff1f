package io.tollwatch.redaction;

/// What a field's name says of its value.
enum Rule {
  /// Nothing: only its content may give it away.
  OPEN,
  /// The gateway made it: no content gives it away.
  EXEMPT,
  /// A card number: BIN and last four may stay.
  CARD_NUMBER,
  /// A card number if it stands in something about a card or a payment method.
  NUMBER_OF_A_CARD,
  /// A secret, whatever it consists of.
  SECRET,
  /// A secret if it is a plain value; a structure of that name is something else.
  SECRET_IF_PLAIN;

  /// Whether a structure with that name is masked as a whole.
  boolean hidesStructure() {
    return this == SECRET || this == CARD_NUMBER;
  }

  boolean secret() {
    return this == SECRET || this == SECRET_IF_PLAIN;
  }

  /// Whether only the content may give a value away.
  boolean open() {
    return this == OPEN || this == EXEMPT;
  }
}
