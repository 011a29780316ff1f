package io.tollwatch.profile;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.document.Section;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// What a break says of the provider. It holds no word on the money, which follows from progress
/// alone (P1). Immutable, thread-safe.
public final class BreakRules {

  /// What one kind of break means. Immutable.
  ///
  /// @param unsent what to do if nothing was sent
  /// @param maybeSent what to do if something may have been sent
  /// @param sentCategory the category if something may have been sent
  public record BreakRule(
      Fault fault,
      Action unsent,
      Action maybeSent,
      Category sentCategory,
      boolean routingHealth,
      boolean slaFault,
      Origin origin) {}

  private static final String FILE = "transport.yaml";

  private final Map<Breakage, BreakRule> rules = new EnumMap<>(Breakage.class);

  private BreakRules(Section root) {
    Section rows = root.section("breaks");
    for (Breakage breakage : Breakage.values()) {
      if (!rows.has(breakage.word())) {
        throw new IllegalArgumentException("no rule for " + breakage.word());
      }
      rules.put(breakage, rule(rows.section(breakage.word())));
    }
  }

  /// Reads the shipped rules.
  public static BreakRules shipped() {
    return Resources.document(FILE, BreakRules::new);
  }

  /// What a break means; every kind has a rule.
  public BreakRule of(Breakage breakage) {
    return Objects.requireNonNull(rules.get(breakage));
  }

  private static BreakRule rule(Section row) {
    return new BreakRule(
        row.choice("fault", Fault.class, Fault.UNKNOWN),
        row.choice("unsent", Action.class, Action.NONE),
        row.choice("maybe-sent", Action.class, Action.RECONCILE),
        row.choice("sent-category", Category.class, Category.ANSWER_LOST),
        row.flag("routing-health", false),
        row.flag("sla-fault", false),
        new Origin(FILE, row.line(), true));
  }
}
