package io.tollwatch.verdict;

import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import java.util.Objects;

/// What an attempt means. Immutable; a pure function of what is kept and of the profile (P6).
///
/// @param gateway the gateway's own words
/// @param routingHealth whether it says that the provider is unusable from here now, whoever is
///   guilty
/// @param slaFault whether it says that the provider is guilty
/// @param rule which rule matched, such as `stripe/decline_code/insufficient_funds`,
///   `transport/response_timeout` or `http/503`
/// @param judgedBy profile and version that judged, such as `stripe@1`
/// @param trail how it was found
public record Verdict(
    Category category,
    Fault fault,
    Money money,
    Action action,
    GatewayError gateway,
    boolean routingHealth,
    boolean slaFault,
    String rule,
    String judgedBy,
    Trail trail) {

  public Verdict {
    // what was written before there were trails has none
    trail = Objects.requireNonNullElse(trail, Trail.none());
  }

  /// A verdict without a trail.
  public Verdict(
      Category category,
      Fault fault,
      Money money,
      Action action,
      GatewayError gateway,
      boolean routingHealth,
      boolean slaFault,
      String rule,
      String judgedBy) {
    this(
        category,
        fault,
        money,
        action,
        gateway,
        routingHealth,
        slaFault,
        rule,
        judgedBy,
        Trail.none());
  }
}
