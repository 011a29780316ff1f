package io.tollwatch.ledger;

import java.net.URI;

/// How a command reaches the running sidecar. Immutable.
///
/// @param address the admin API's base address
/// @param token the secret that it asks for; not part of the text form
public record AdminAccess(URI address, String token) {

  @Override
  public String toString() {
    return "AdminAccess[address=" + address + "]";
  }
}
