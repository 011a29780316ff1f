package io.tollwatch.proxy.judging;

import io.tollwatch.attempt.Fields;

/// The fields of a message whose body is at hand as text, whatever they say of how it was encoded
/// on the wire. Stateless.
final class Decoded {

  private Decoded() {}

  static Fields fields(Fields onTheWire) {
    return onTheWire.keep(field -> !field.is("Content-Encoding") && !field.is("Transfer-Encoding"));
  }
}
