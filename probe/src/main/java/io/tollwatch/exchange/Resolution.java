package io.tollwatch.exchange;

import io.tollwatch.taxonomy.Money;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// What a payment that was in doubt or pending came to. Immutable, redacted. The exchange's verdict
/// stays as it was judged: this is what was learned later.
///
/// @param exchange the exchange whose payment it is
/// @param money `succeeded`, or `rejected`: proven not taken
/// @param reason one line for people
/// @param who who said so, of what was settled by hand
/// @param evidence the exchange that proved it: a lookup, a cancel or a repeat
public record Resolution(
    String exchange,
    Instant at,
    Money money,
    By by,
    String reason,
    Optional<String> who,
    Optional<String> evidence)
    implements Entry {

  public Resolution {
    if (money != Money.SUCCEEDED && money != Money.REJECTED) {
      throw new IllegalArgumentException("settles nothing: " + money.word());
    }
  }

  /// What settled it.
  public enum By {
    /// The gateway's answer to a lookup.
    LOOKUP,
    /// The gateway's answer to the same call, made again by the service itself.
    REPEAT,
    /// A webhook that the service relayed.
    EVIDENCE,
    /// The gateway's answer to a cancel.
    CANCEL,
    /// A person.
    HAND;

    /// The word as it stands in JSON, metrics and on pages.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
