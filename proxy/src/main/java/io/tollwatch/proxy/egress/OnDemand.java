package io.tollwatch.proxy.egress;

import io.tollwatch.dispatch.Provider;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A provider that is made when it is first called. Thread-safe: of several first callers one makes
/// it and the others wait.
public final class OnDemand {

  private final Supplier<Provider> making;
  private volatile @Nullable Provider made;
  private boolean retired;

  /// @param making called once at most
  public OnDemand(Supplier<Provider> making) {
    this.making = making;
  }

  /// The provider, ready to be called.
  public Provider get() {
    Provider known = made;
    return known == null ? make() : known;
  }

  private synchronized Provider make() {
    Provider known = made;
    if (known == null) {
      known = making.get();
      if (retired) {
        known.line().retire(); // a call that was under way when a reload took it out of force
      }
      made = known;
    }
    return known;
  }

  /// Takes it out of force: calls under way end, and its connections with them.
  public synchronized void retire() {
    retired = true;
    Provider known = made;
    if (known != null) {
      known.line().retire();
    }
  }

  /// Closes its connections; calls under way break.
  public synchronized void close() {
    retired = true; // one that is made from now on has no connections to close
    Provider known = made;
    if (known != null) {
      known.line().close();
    }
  }
}
