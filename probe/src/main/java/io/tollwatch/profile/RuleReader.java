package io.tollwatch.profile;

import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns a row of data into a rule: what the row leaves out follows from its category. Stateless.
final class RuleReader {

  private RuleReader() {}

  /// @param http the statuses, where the row does not name its own
  static Rule rule(ProfileFile.RuleRow row, Set<Integer> http) {
    Category category = Category.ofWord(row.category());
    boolean providerError = category == Category.PROVIDER_ERROR;
    return new Rule(
        category,
        Fault.ofWord(row.fault()),
        row.money() == null ? category.money() : Money.ofWord(row.money()),
        row.action() == null ? category.action() : Action.ofWord(row.action()),
        said(row.routingHealth(), providerError || category == Category.RATE_LIMITED),
        said(row.slaFault(), providerError),
        row.http() == null ? http : row.http(),
        Optional.ofNullable(row.finalSource()));
  }

  private static boolean said(@Nullable Boolean flag, boolean otherwise) {
    return flag == null ? otherwise : flag;
  }
}
