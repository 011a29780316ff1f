package io.tollwatch.health;

import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.verdict.GatewayError;
import io.tollwatch.verdict.Verdict;

/// What calls come to.
final class Results {

  static final Verdict SUCCEEDED = result(Category.SUCCEEDED, false, "stripe/status/succeeded");
  static final Verdict DECLINED =
      result(Category.DECLINE_SOFT, false, "stripe/decline_code/do_not_honor");
  static final Verdict FAILED = result(Category.PROVIDER_ERROR, true, "http/500");
  static final Verdict TIMED_OUT = result(Category.ANSWER_LOST, true, "transport/response_timeout");
  static final Verdict UNREACHED = result(Category.NOT_SENT, true, "transport/connect_refused");
  static final Verdict CALLER_GONE = result(Category.ANSWER_LOST, false, "transport/client_abort");

  private Results() {}

  static Verdict result(Category category, boolean routingHealth, String rule) {
    return new Verdict(
        category,
        Fault.UNKNOWN,
        Money.NONE,
        Action.NONE,
        GatewayError.none(),
        routingHealth,
        routingHealth,
        rule,
        "test@1");
  }
}
