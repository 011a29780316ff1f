package io.tollwatch.routing;

import io.tollwatch.exchange.PaymentIdentity;
import java.time.Instant;

/// The claims of payments that all sidecars of a channel see, beyond the index of this one. Asked
/// before anything is sent; waits no longer than about a second. Thread-safe.
public interface SharedClaims {

  /// Claims a payment for a provider, as [Payments#claim] does.
  Claiming claim(Attempted attempted, boolean followReference);

  /// Tells the others of a call that may move money and whose caller named the provider: it goes
  /// there, whatever stands elsewhere. Waits for a tenth of a second at most.
  void note(Attempted attempted);

  /// The attempt that binds a payment, as [Payments#standing] says it, for a call that is sent
  /// nowhere.
  ///
  /// @return granted if none stands, or with the one that does; or unconfirmed
  Claiming standing(PaymentIdentity identity);

  /// Whether a sidecar may have made another attempt of a payment later than that one, which
  /// stands. So it is when nobody can tell.
  ///
  /// @param exchange the attempt that is asked about
  /// @param at when it began
  boolean mayStandLater(PaymentIdentity identity, String exchange, Instant at);

  /// Moves a claim to the next attempt of the same call.
  ///
  /// @param exchange the attempt before, which was surely not taken
  /// @return granted if it was moved; else what is in the way
  Claiming move(String exchange, Attempted next);

  /// Takes back the claim of an attempt that was not made, and that no ledger knows. Returns at
  /// once.
  void release(String exchange);

  /// Of a sidecar that shares its payments with none.
  static SharedClaims none() {
    return new SharedClaims() {
      @Override
      public Claiming claim(Attempted attempted, boolean followReference) {
        return new Claiming.Unconfirmed("there is no shared ledger", false);
      }

      @Override
      public void note(Attempted attempted) {
        // there is nobody to tell
      }

      @Override
      public Claiming standing(PaymentIdentity identity) {
        return new Claiming.Unconfirmed("there is no shared ledger", false);
      }

      @Override
      public boolean mayStandLater(PaymentIdentity identity, String exchange, Instant at) {
        return false;
      }

      @Override
      public Claiming move(String exchange, Attempted next) {
        return new Claiming.Unconfirmed("there is no shared ledger", false);
      }

      @Override
      public void release(String exchange) {
        // there is none
      }
    };
  }
}
