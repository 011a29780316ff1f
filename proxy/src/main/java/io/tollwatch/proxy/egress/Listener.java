package io.tollwatch.proxy.egress;

import io.tollwatch.attempt.Fields;
import io.tollwatch.proxy.http1.Refused;
import java.util.Optional;

/// What one egress listener is for. Immutable.
///
/// @param provider the only provider that it leads to; empty where the path says which
/// @param clientToken the client token that providers may ask for; secret
public record Listener(
    Optional<String> provider, Admission admission, Optional<byte[]> clientToken) {

  void checkToken(Fields fields) throws Refused {
    // configuration has seen to it that there is one
    Admission.checkToken(fields, clientToken.orElseThrow());
  }

  /// Without the token.
  @Override
  public String toString() {
    return "Listener" + provider;
  }
}
