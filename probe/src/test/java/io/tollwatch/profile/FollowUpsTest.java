package io.tollwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import io.tollwatch.taxonomy.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// That a call which follows a payment up says which one, where its path names it: through a
/// channel it goes to whoever took that payment, and nowhere if nobody knows which one is meant.
class FollowUpsTest {

  private static final String ID = "the-payment";
  private static final Set<Operation> FOLLOWING =
      EnumSet.of(Operation.CAPTURE, Operation.REFUND, Operation.VOID, Operation.QUERY);

  /// Paths with the id of something else: a refund, an order, an event, a search, a link.
  private static final Set<String> OF_SOMETHING_ELSE =
      Set.of(
          "checkout-com /payment-links/{id}",
          "checkout-com /hosted-payments/{id}",
          "cybersource /pts/v2/refunds/{id}/voids",
          "cybersource /pts/v2/credits/{id}/voids",
          "cybersource /tss/v2/searches/{id}",
          "gocardless /refunds/{id}",
          "gocardless /events/{id}",
          "gocardless /payouts/{id}",
          "mollie /v2/orders/{id}/shipments",
          "mollie /v2/orders/{id}/refunds",
          "mollie /v2/orders/{id}",
          "mollie /v2/orders/{id}/lines",
          "paypal /v1/billing/subscriptions/{id}/capture",
          "paypal /v2/payments/refunds/{id}",
          "paypal /v1/payments/refund/{id}",
          "razorpay /v1/orders/{id}",
          "razorpay /v1/orders/{id}/payments",
          "razorpay /v1/refunds/{id}",
          // beside /v2/payments/cancel, whose last word is no id
          "square /v2/payments/{id}",
          "square /v2/refunds/{id}",
          "square /v2/orders/{id}",
          "stripe /v1/refunds/{id}",
          "stripe /v1/refunds/{id}/cancel",
          "stripe /v1/events/{id}",
          "wechatpay /v3/refund/domestic/refunds/{id}",
          "wechatpay /v3/refund/domestic/refunds/{id}/apply-abnormal-refund",
          "wechatpay /v3/ecommerce/refunds/out-refund-no/{id}",
          "wechatpay /v3/ecommerce/refunds/id/{id}");

  static Stream<Profile> profiles() {
    return Profiles.shipped().names().stream().map(Profiles.shipped()::byName);
  }

  private static boolean namesOne(RouteTemplate row) {
    return FOLLOWING.contains(row.route().operation()) && row.segments().contains("{id}");
  }

  private static String path(RouteTemplate row) {
    return "/" + String.join("/", row.segments());
  }

  private static boolean isTold(Profile profile, RouteTemplate row) {
    String target = path(row).replace("{id}", ID).replaceAll("\\{[a-z]+}", "x");
    Message request = Message.request(target, Fields.none(), "");
    return Stream.concat(
            profile.request().payment().stream(), profile.request().reference().stream())
        .anyMatch(place -> place.texts(request).equals(List.of(ID)));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void saysWhichPaymentItsPathNames(Profile profile) {
    Set<String> untold =
        profile.routes().rows().stream()
            .filter(FollowUpsTest::namesOne)
            .filter(row -> !isTold(profile, row))
            .map(row -> profile.name() + " " + path(row))
            .collect(Collectors.toSet());
    Set<String> others =
        OF_SOMETHING_ELSE.stream()
            .filter(each -> each.startsWith(profile.name() + " "))
            .collect(Collectors.toSet());

    assertThat(untold).isEqualTo(others);
  }
}
