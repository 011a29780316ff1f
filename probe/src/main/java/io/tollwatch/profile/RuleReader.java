package io.tollwatch.profile;

import io.tollwatch.document.Section;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import java.util.Optional;
import java.util.Set;

/// Turns a row of data into a rule: what the row leaves out follows from its category. Stateless.
final class RuleReader {

  private RuleReader() {}

  /// @param http the statuses, where the row does not name its own
  static Rule rule(Section row, Set<Integer> http, Source source) {
    Category category = row.choice("category", Category.class, Category.UNKNOWN);
    boolean providerError = category == Category.PROVIDER_ERROR;
    boolean health = row.flag("routing-health", providerError || category == Category.RATE_LIMITED);
    boolean sla = row.flag("sla-fault", providerError);
    if (Rule.isAnswer(category) && (health || sla)) {
      row.wrong(
          row.at("category"),
          " is an answer, which counts against nobody",
          "remove routing-health and sla-fault");
      health = false;
      sla = false;
    }
    return new Rule(
        category,
        row.choice("fault", Fault.class, Fault.UNKNOWN),
        row.choice("money", Money.class, category.money()),
        row.choice("action", Action.class, category.action()),
        health,
        sla,
        row.has("http") ? Set.copyOf(row.integers("http")) : http,
        Optional.empty(),
        Optional.of(source.origin(row.line())));
  }
}
