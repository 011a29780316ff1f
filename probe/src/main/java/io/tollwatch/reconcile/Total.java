package io.tollwatch.reconcile;

import io.tollwatch.taxonomy.Money;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// What is open at one provider in one currency. Immutable.
///
/// @param money `in_doubt` or `pending`
/// @param currency three letters in upper case; empty of payments whose amount is not known
/// @param count how many payments
/// @param amountMinor what they come to, in minor units of the currency
/// @param oldest when the request of the oldest began
public record Total(
    String provider, Money money, String currency, long count, long amountMinor, Instant oldest) {

  /// The totals of these.
  public static List<Total> of(Collection<Doubt> doubts) {
    TreeMap<String, Total> totals = new TreeMap<>();
    for (Doubt each : doubts) {
      Total one = of(each);
      totals.merge(one.provider + '\0' + one.money.word() + '\0' + one.currency, one, Total::plus);
    }
    return List.copyOf(totals.values());
  }

  private static Total of(Doubt doubt) {
    boolean known = doubt.amountMinor().isPresent() && doubt.currency().isPresent();
    return new Total(
        doubt.provider(),
        doubt.money(),
        known ? doubt.currency().get().toUpperCase(Locale.ROOT) : "",
        1,
        known ? doubt.amountMinor().getAsLong() : 0,
        doubt.since());
  }

  private Total plus(Total other) {
    return new Total(
        provider,
        money,
        currency,
        count + other.count,
        amountMinor + other.amountMinor,
        oldest.isBefore(other.oldest) ? oldest : other.oldest);
  }
}
