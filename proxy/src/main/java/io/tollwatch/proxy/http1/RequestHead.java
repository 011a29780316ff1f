package io.tollwatch.proxy.http1;

import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;

/// Request line and fields as they came. Immutable.
///
/// @param target byte for byte, each byte a char
/// @param http10 whether the client speaks HTTP/1.0
/// @param framing where the body ends
public record RequestHead(
    String method, String target, boolean http10, Fields fields, Framing framing) {

  /// Whether the client waits for `100 Continue` before it sends the body.
  public boolean expectsContinue() {
    if (http10) {
      return false;
    }
    for (Field field : fields) {
      if (field.is("Expect") && field.value().equalsIgnoreCase("100-continue")) {
        return true;
      }
    }
    return false;
  }
}
