package io.tollwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.ledger.store.CallCount;
import io.tollwatch.ledger.store.Fact;
import io.tollwatch.ledger.store.TimeWindow;
import io.tollwatch.report.figures.Standing;
import io.tollwatch.report.page.Cell;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which differences are told as changes.
class ComparisonTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private static Standing failing(int providers, long failed) {
    Standing standing = new Standing();
    for (int i = 0; i < providers; i++) {
      standing.accept(count("p" + i, Category.PROVIDER_ERROR, i == 0 ? failed : 10));
      standing.accept(count("p" + i, Category.SUCCEEDED, 1000 - (i == 0 ? failed : 10)));
    }
    return standing;
  }

  private static CallCount count(String provider, Category category, long calls) {
    boolean failed = category == Category.PROVIDER_ERROR;
    return new CallCount(
        provider,
        Operation.QUERY,
        Optional.of(
            new Fact.Ended(category, failed ? Fault.PROVIDER : Fault.NONE, Money.NONE, failed)),
        calls);
  }

  /// With many rows some look unusual anyhow: 22 of 1,000 after 10 of 1,000 comes by chance in 3 of
  /// 100 cases, 28 in 3 of 1,000, 40 in fewer than 1 of 10,000.
  @ParameterizedTest
  @CsvSource({
    "1, 22, within chance",
    "1, 28, rose",
    "1, 40, rose",
    "10, 28, within chance",
    "10, 40, rose",
    "1, 0, fell"
  })
  void aChangeMustBeLessLikelyTheMoreRowsThereAre(int providers, long failed, String finding) {
    Comparison comparison =
        new Comparison(
            failing(providers, failed),
            failing(providers, 10),
            new TimeWindow(START, START.plusSeconds(3600)),
            ZoneOffset.UTC);

    assertThat(comparison.section().tables().getFirst().rows().getFirst())
        .startsWith(new Cell.Text("p0"), new Cell.Text("failed"))
        .endsWith(new Cell.Text(finding));
  }
}
