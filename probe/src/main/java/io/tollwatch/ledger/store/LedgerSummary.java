package io.tollwatch.ledger.store;

import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.time.Instant;
import java.util.List;

/// How many exchanges came to what. Immutable.
///
/// @param since exchanges that started at that time or later are counted, once they have ended
/// @param lines one for each provider, category and money that occurs
/// @param inDoubt how many exchanges are in doubt, whenever they started
public record LedgerSummary(Instant since, List<Line> lines, long inDoubt) {

  public LedgerSummary {
    lines = List.copyOf(lines);
  }

  /// One count.
  public record Line(String provider, Category category, Money money, long count) {}
}
