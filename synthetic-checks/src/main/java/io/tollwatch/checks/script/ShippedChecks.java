package io.tollwatch.checks.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The files of checks that are shipped, one for a profile. Stateless.
public final class ShippedChecks {

  private static final List<String> NAMES =
      List.of(
          "adyen",
          "alipay",
          "authorize-net",
          "braintree",
          "checkout-com",
          "cybersource",
          "gocardless",
          "mollie",
          "paypal",
          "razorpay",
          "square",
          "stripe",
          "wechatpay");

  private ShippedChecks() {}

  /// The profiles that have one.
  public static List<String> names() {
    return NAMES;
  }

  /// The text for a profile.
  public static Optional<String> text(String profile) {
    if (!NAMES.contains(profile)) {
      return Optional.empty();
    }
    try (InputStream in =
        ShippedChecks.class.getResourceAsStream(
            "/io/tollwatch/checks/shipped/" + profile + ".yaml")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
