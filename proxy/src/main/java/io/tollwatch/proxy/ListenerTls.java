package io.tollwatch.proxy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import javax.net.ssl.SSLContext;

/// Certificates of TLS listeners, from the local authority, which is made when the first is needed.
record ListenerTls(Path folder, InstantSource clock) {

  /// What came of asking for a context.
  sealed interface Made {}

  /// It can be used.
  record Ready(SSLContext context) implements Made {}

  /// It can't.
  record Unusable(String reason) implements Made {}

  /// @param allNames of all TLS listeners: the authority is good for these only
  Made context(DoorPlan plan, Set<String> allNames) {
    return new Unusable("TODO " + allNames + plan);
  }
}
