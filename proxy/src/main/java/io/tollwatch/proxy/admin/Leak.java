package io.tollwatch.proxy.admin;

import io.tollwatch.exchange.TestMoney;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Test money that is out, as JSON says it. Stateless.
public final class Leak {

  private Leak() {}

  /// One of them.
  ///
  /// @param limit after which it counts as leaked
  public static Map<String, Object> of(TestMoney money, Instant now, Duration limit) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", money.id());
    json.put("check", money.check());
    json.put("provider", money.provider());
    json.put("step", money.step());
    json.put("opened", money.opened().toString());
    json.put("leaked", isLeaked(money, now, limit));
    json.put("money", money.money().word());
    money.amountMinor().ifPresent(amount -> json.put("amount_minor", amount));
    money.currency().ifPresent(currency -> json.put("currency", currency));
    money.exchange().ifPresent(exchange -> json.put("exchange", exchange));
    json.put("tries", money.tries());
    json.put("reason", money.reason());
    return json;
  }

  /// Whether it is out for longer than that.
  public static boolean isLeaked(TestMoney money, Instant now, Duration limit) {
    return money.opened().plus(limit).isBefore(now);
  }
}
