package io.tollwatch.profile;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
      boolean slaFault) {}

  /// The file as it stands.
  record File(Map<String, Row> breaks) {}

  record Row(
      String fault,
      String unsent,
      String maybeSent,
      @Nullable String sentCategory,
      boolean routingHealth,
      boolean slaFault) {}

  private final Map<Breakage, BreakRule> rules = new EnumMap<>(Breakage.class);

  private BreakRules(File file) {
    for (Breakage breakage : Breakage.values()) {
      Row row = file.breaks().get(breakage.word());
      if (row == null) {
        throw new IllegalArgumentException("no rule for " + breakage.word());
      }
      rules.put(breakage, rule(row));
    }
  }

  /// Reads the shipped rules.
  public static BreakRules shipped() {
    return new BreakRules(Resources.YAML.readValue(Resources.text("transport.yaml"), File.class));
  }

  /// What a break means; every kind has a rule.
  public BreakRule of(Breakage breakage) {
    return Objects.requireNonNull(rules.get(breakage));
  }

  private static BreakRule rule(Row row) {
    return new BreakRule(
        Fault.ofWord(row.fault()),
        Action.ofWord(row.unsent()),
        Action.ofWord(row.maybeSent()),
        row.sentCategory() == null ? Category.ANSWER_LOST : Category.ofWord(row.sentCategory()),
        row.routingHealth(),
        row.slaFault());
  }
}
