package io.tollwatch.exchange;

import io.tollwatch.taxonomy.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A bad period of a provider, or of our own network, found in the ledger by rule. Immutable,
/// redacted.
///
/// @param id whose it is and since when, such as `stripe-20261122T1430Z`: the same each time that
///   it is found
/// @param startedAt when the first of its signs showed
/// @param detectedAt when the rules could tell it at the earliest
/// @param mitigatedAt when the first breaker kept calls away; empty if none did
/// @param recoveredAt when its last sign ended; empty while it lasts
/// @param signs what it was found by, oldest first, at least one
public record Incident(
    String id,
    Scope scope,
    Instant startedAt,
    Instant detectedAt,
    Optional<Instant> mitigatedAt,
    Optional<Instant> recoveredAt,
    List<Sign> signs,
    Cost cost) {

  public Incident {
    signs = List.copyOf(signs);
  }

  /// Whether doubts that grew old are all that showed it.
  public boolean ofOldDoubtsOnly() {
    return signs.stream().allMatch(sign -> sign.kind() == Kind.OLD_DOUBT);
  }

  /// The same under another name.
  public Incident named(String name) {
    return new Incident(name, scope, startedAt, detectedAt, mitigatedAt, recoveredAt, signs, cost);
  }

  /// The same, over since then if it was not over.
  public Incident over(Instant at) {
    return new Incident(
        id,
        scope,
        startedAt,
        detectedAt,
        mitigatedAt,
        recoveredAt.or(() -> Optional.of(at)),
        signs,
        cost);
  }

  /// The same with what it cost.
  public Incident costing(Cost known) {
    return new Incident(id, scope, startedAt, detectedAt, mitigatedAt, recoveredAt, signs, known);
  }

  /// What it is about, as narrow as its signs allow. Immutable.
  ///
  /// @param provider empty if it is our own network
  /// @param operation empty if several were hit
  /// @param rail the card brand, wallet or bank; empty if it was not one alone
  public record Scope(
      Optional<String> provider, Optional<Operation> operation, Optional<String> rail) {

    /// As people read it: `stripe pay visa`, or `our network`.
    public String words() {
      return provider
          .map(name ->
              name
                  + operation.map(each -> " " + each.word()).orElse("")
                  + rail.map(each -> " " + each).orElse(""))
          .orElse("our network");
    }
  }

  /// One thing that showed it. Immutable.
  ///
  /// @param provider empty if it is our own network
  /// @param from when it showed first
  /// @param toldAt when the rule could tell it
  /// @param until when it was over; empty while it lasts
  /// @param words in numbers, one line for people
  public record Sign(
      Kind kind,
      Optional<String> provider,
      Optional<Operation> operation,
      Optional<String> rail,
      Instant from,
      Instant toldAt,
      Optional<Instant> until,
      String words) {}

  /// What a sign is.
  public enum Kind {
    /// A breaker kept calls away.
    BREAKER("breaker open"),
    /// More calls than usual found the provider unavailable.
    FAILURES("calls failing"),
    /// Answers took longer than the provider's own normal.
    LATENCY("slower than normal"),
    /// More payments than usual were declined.
    DECLINES("more declines"),
    /// Payments have been in doubt for long.
    OLD_DOUBT("old doubts"),
    /// Webhooks that used to come stayed away.
    SILENT_WEBHOOKS("webhooks silent"),
    /// Several providers could not be reached at once, and none could.
    NETWORK("nothing reached");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /// The word as it stands in JSON.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// As people read it.
    public String words() {
      return words;
    }
  }

  /// What it cost. Immutable.
  ///
  /// @param calls that were made in it
  /// @param failed how many of them did not end well or were in doubt
  /// @param doubts payments that became in doubt: the money at risk
  /// @param doubtsLeft what of it is in doubt still
  /// @param saved payments that were kept from the provider and succeeded at another
  public record Cost(long calls, long failed, Sum doubts, Sum doubtsLeft, Sum saved) {

    /// Of one that was not counted yet.
    public static Cost none() {
      return new Cost(0, 0, Sum.none(), Sum.none(), Sum.none());
    }

    /// How many doubts were resolved.
    public long doubtsResolved() {
      return doubts.payments() - doubtsLeft.payments();
    }
  }

  /// Payments and their amounts. Immutable.
  ///
  /// @param withoutAmount how many said none
  /// @param minor amounts in minor units, by currency
  public record Sum(long payments, long withoutAmount, SortedMap<String, Long> minor) {

    public Sum {
      minor = new TreeMap<>(Objects.requireNonNullElse(minor, new TreeMap<>()));
    }

    /// Of nothing.
    public static Sum none() {
      return new Sum(0, 0, new TreeMap<>());
    }
  }
}
