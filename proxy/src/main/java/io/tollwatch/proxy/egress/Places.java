package io.tollwatch.proxy.egress;

import io.tollwatch.health.Limits;
import java.util.Optional;

/// Places for calls at providers, in bounded number. Thread-safe.
@FunctionalInterface
public interface Places {

  /// A place for a call; empty if there is none left.
  Optional<Limits.Place> enter(String provider);
}
