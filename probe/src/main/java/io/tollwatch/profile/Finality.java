package io.tollwatch.profile;

import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Money;
import java.util.EnumSet;
import java.util.Set;

/// Which rules may be marked final at all, whatever a gateway documents. Stateless.
public final class Finality {

  /// Refusals that nothing can turn into a success later. What was cancelled, waits for the
  /// customer, is worked on, or failed behind the gateway can still succeed.
  private static final Set<Category> DEFINITE =
      EnumSet.of(
          Category.REQUEST_INVALID,
          Category.CONFIG_OR_AUTH,
          Category.RATE_LIMITED,
          Category.DECLINE_SOFT,
          Category.DECLINE_HARD,
          Category.FRAUD_BLOCK,
          Category.CUSTOMER_INPUT,
          Category.AUTHENTICATION_FAILED);

  private Finality() {}

  /// Whether such a rule may be final.
  ///
  /// @param http the statuses that it comes with
  public static boolean allows(Category category, Money money, Set<Integer> http) {
    return money == Money.REJECTED
        && DEFINITE.contains(category)
        && http.stream().allMatch(status -> status < 500);
  }
}
