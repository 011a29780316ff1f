package io.tollwatch.proxy.egress;

import io.tollwatch.attempt.Fields;
import io.tollwatch.proxy.http1.Refused;
import java.util.Optional;

/// What one egress listener is for. Immutable.
///
/// @param provider the only provider that it leads to; empty where the path says which
/// @param clientToken the client token that providers may ask for; secret
/// @param maxTargetBytes how long a target may be
public record EgressListener(
    Optional<String> provider,
    Admission admission,
    Optional<byte[]> clientToken,
    int maxTargetBytes) {

  void checkTarget(String target) throws Refused {
    if (target.length() > maxTargetBytes) {
      throw new Refused(414, "a target of more than " + maxTargetBytes + " bytes");
    }
  }

  void checkToken(Fields fields) throws Refused {
    // configuration has seen to it that there is one
    Admission.checkToken(fields, clientToken.orElseThrow());
  }

  /// Without the token.
  @Override
  public String toString() {
    return "EgressListener" + provider;
  }
}
