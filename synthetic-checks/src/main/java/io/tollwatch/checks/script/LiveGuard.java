package io.tollwatch.checks.script;

import com.google.re2j.Pattern;
import io.tollwatch.attempt.Field;
import io.tollwatch.document.Section;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Refuses checks that would call a live account unless they say so, and have a cap where they take
/// money. Confined to one reading.
final class LiveGuard {

  private static final Pattern KEY =
      Pattern.compile("(sk|rk|pk)_live_|rzp_live_|\\blive_[A-Za-z0-9]{28,}|\\bAPI_LIVE_");

  /// Hosts that only serve live accounts.
  private static final List<String> HOSTS =
      List.of(
          "-live.adyenpayments.com",
          "openapi.alipay.com",
          "api.mch.weixin.qq.com",
          "api2.mch.weixin.qq.com",
          "api-m.paypal.com",
          "api.paypal.com",
          "api.checkout.com",
          "connect.squareup.com",
          "api.authorize.net",
          "api.cybersource.com",
          "api.gocardless.com",
          "api.braintreegateway.com");

  private final Section section;
  private final Check check;
  private final Map<String, Entry> reached;
  private final boolean takesMoney;

  /// @param reached the providers that it can reach, by name
  LiveGuard(Section section, Check check, Map<String, Entry> reached, boolean takesMoney) {
    this.section = section;
    this.check = check;
    this.reached = reached;
    this.takesMoney = takesMoney;
  }

  void check() {
    boolean live = false;
    for (Map.Entry<String, Entry> each : reached.entrySet()) {
      boolean host = isLiveHost(each.getValue());
      if (!live && (host || hasLiveKey(each.getValue()))) {
        live = true;
        tell(each.getKey(), host);
      }
    }
    if ((live || check.live()) && takesMoney && check.cap().isEmpty()) {
      section.wrongKey(
          section.has("live") ? "live" : check.to().key(),
          ": a check that takes live money has no daily-cap",
          "add daily-cap: {count: 10, amount: 1000}");
    }
  }

  private void tell(String provider, boolean host) {
    if (!check.live()) {
      boolean named = check.to().name().equals(provider);
      section.wrong(
          check.to().key(),
          (named ? "" : " can reach " + provider + ", which")
              + (host ? " is a live endpoint" : " would be called with a live key"),
          "use the sandbox, or add live: true"
              + (takesMoney ? " and a daily-cap" : "")
              + " if real money may be spent");
    }
  }

  private static boolean isLiveHost(Entry entry) {
    String host = entry.host().toLowerCase(Locale.ROOT);
    return HOSTS.stream()
        .anyMatch(live ->
            live.startsWith("-")
                ? host.endsWith(live)
                : host.equals(live) || host.endsWith("." + live));
  }

  private boolean hasLiveKey(Entry entry) {
    Stream<String> injected = entry.injected().lines().stream().map(Field::value);
    Stream<String> own = check.values().values().stream().map(Value::text);
    return Stream.concat(injected, own).anyMatch(text -> KEY.matcher(text).find());
  }
}
