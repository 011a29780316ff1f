package io.tollwatch.profile;

import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What one code, status or break means for a call that may move money. Immutable.
///
/// @param routingHealth whether it says that the provider is unusable from here now
/// @param slaFault whether it says that the provider is guilty
/// @param http the statuses that it is documented to come with; empty where nothing is known
/// @param finalSource where the gateway documents that the payment is certainly not taken and can't
///   succeed later; empty where it does not. Only shipped rules have one
/// @param origin where it was read; empty of what is in code
public record Rule(
    Category category,
    Fault fault,
    Money money,
    Action action,
    boolean routingHealth,
    boolean slaFault,
    Set<Integer> http,
    Optional<String> finalSource,
    Optional<Origin> origin) {

  private static final Set<Category> ANSWERS =
      EnumSet.of(
          Category.DECLINE_SOFT,
          Category.DECLINE_HARD,
          Category.FRAUD_BLOCK,
          Category.CUSTOMER_INPUT,
          Category.CUSTOMER_ACTION_REQUIRED,
          Category.AUTHENTICATION_FAILED,
          Category.CUSTOMER_CANCELLED,
          Category.PENDING,
          Category.SUCCEEDED);

  public Rule {
    http = Set.copyOf(http);
    if (finalSource.isPresent() && !Finality.allows(category, money, http)) {
      throw new IllegalArgumentException("can't be final: " + category.word());
    }
    if (ANSWERS.contains(category) && (routingHealth || slaFault)) {
      throw new IllegalArgumentException("counts against the provider: " + category.word());
    }
  }

  /// A rule without conditions that says nothing of the provider.
  public static Rule of(Category category, Fault fault) {
    return new Rule(
        category,
        fault,
        category.money(),
        category.action(),
        false,
        false,
        Set.of(),
        Optional.empty(),
        Optional.empty());
  }

  /// Whether the gateway documents that the payment is not taken and can't be later.
  public boolean isFinal() {
    return finalSource.isPresent();
  }

  /// Whether a shipped file, or the code itself, says so.
  public boolean isShipped() {
    return origin.map(Origin::shipped).orElse(true);
  }

  Rule marked(String source) {
    return new Rule(
        category, fault, money, action, routingHealth, slaFault, http, Optional.of(source), origin);
  }

  /// Whether the gateway did its work, whatever it answered: a decline, a demand on the customer, a
  /// success. Such an answer never counts against a provider (P8).
  public boolean isAnswer() {
    return isAnswer(category);
  }

  static boolean isAnswer(Category category) {
    return ANSWERS.contains(category);
  }

  /// Whether this is a status that the rule is documented for, or as good as one: any refusal of
  /// the 4xx class, and any status of a documented one's class.
  public boolean fits(int status) {
    if (http.isEmpty()) {
      return status < 500;
    }
    int family = status / 100;
    for (int each : http) {
      if (each / 100 == family) {
        return true;
      }
    }
    return family == 4;
  }
}
