package io.tollwatch.proxy;

import io.tollwatch.proxy.config.TrustAnchors;
import io.tollwatch.proxy.tls.ListenerTls;
import io.tollwatch.proxy.tls.LocalAuthority;
import io.tollwatch.proxy.tls.Opening;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;

/// TLS of listeners, from the local authority, which is made when the first listener needs it.
/// Thread-safe.
///
/// @param folder the authority's own
/// @param news where it is said that clients must trust something new
record DoorTls(Path folder, InstantSource clock, Consumer<String> news) {

  /// What came of asking for it.
  sealed interface Made {
    /// It can be used.
    record Ready(ListenerTls tls) implements Made {}

    /// It can't.
    ///
    /// @param reason one sentence for people
    record Unusable(String reason) implements Made {}
  }

  /// @param allNames of all TLS listeners: the authority is good for these only
  Made make(DoorPlan plan, Set<String> allNames) {
    return switch (LocalAuthority.open(folder, allNames, clock)) {
      case Opening.Unusable unusable -> new Made.Unusable(unusable.reason());
      case Opening.Opened opened -> {
        opened.news().ifPresent(news);
        yield make(opened.authority(), plan);
      }
    };
  }

  private static Made make(LocalAuthority authority, DoorPlan plan) {
    try {
      return new Made.Ready(authority.tlsFor(plan.hosts(), plan.clients().map(TrustAnchors::file)));
    } catch (IOException | GeneralSecurityException e) {
      return new Made.Unusable(
          "the listener's client authorities can't be used: " + e.getMessage());
    }
  }
}
