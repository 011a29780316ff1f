package io.tollwatch.profile;

import io.tollwatch.taxonomy.Operation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How a gateway recognises a repeated request. Immutable.
///
/// @param key where the key stands: a header field, or a field of the body that acts as one
/// @param keys where it stands for operations that have another one
/// @param lives how long the gateway surely remembers it; empty where it does not say
/// @param scope within which a key is one
/// @param replaysServerErrors whether a repeat is answered with a stored 5xx; empty if unknown
/// @param otherBody what the same key with another body comes to
/// @param proven whether a shipped file says all this: what a user says proves no repeat harmless
public record Idempotency(
    Optional<Place> key,
    Map<Operation, Place> keys,
    Optional<Duration> lives,
    Scope scope,
    Optional<Boolean> replaysServerErrors,
    OtherBody otherBody,
    boolean proven) {

  /// Nothing is known.
  static final Idempotency UNKNOWN =
      new Idempotency(
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Scope.UNKNOWN,
          Optional.empty(),
          OtherBody.UNKNOWN,
          false);

  public Idempotency {
    keys = Map.copyOf(keys);
  }

  /// Within what a key is one.
  public enum Scope {
    /// The merchant's account, whichever endpoint is called.
    ACCOUNT,
    /// The account at one regional endpoint: another region does not know it.
    REGION,
    /// The account and one kind of call.
    OPERATION,
    UNKNOWN
  }

  /// What the same key with another body comes to.
  public enum OtherBody {
    /// It is refused.
    REFUSED,
    /// It is answered as the first one was; the body is not looked at.
    FIRST_ANSWER,
    UNKNOWN
  }

  /// Where the key of an operation stands.
  public Optional<Place> key(Operation operation) {
    return Optional.ofNullable(keys.get(operation)).or(() -> key);
  }
}
