package io.tollwatch.simulation;

import io.tollwatch.attempt.GatewayRequest;
import io.tollwatch.attempt.RequestBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// How a gateway ends a payment that somebody is in doubt of.
enum Ending {
  /// It does not.
  NONE,
  /// By the merchant's reference, of which it has one order; paid or not, it is given back.
  BY_REFERENCE,
  /// By the idempotency key, as one payment of several with a reference. It answers no questions.
  BY_KEY;

  private static final String BY_KEYS = "/cancels";
  private static final String SUFFIX = "/cancel";

  /// The name of the profile of plain gateways that have it.
  String profile() {
    return switch (this) {
      case NONE -> "plain";
      case BY_REFERENCE -> "plain-reference";
      case BY_KEY -> "plain-key";
    };
  }

  /// Whether there is one order of each reference.
  boolean hasOrders() {
    return this != BY_KEY;
  }

  boolean isOne(String target) {
    return this != NONE && (target.equals(BY_KEYS) || target.endsWith(SUFFIX));
  }

  /// What stands in the book of that which is to be ended.
  Optional<Charge> named(GatewayRequest request, List<Charge> book) {
    if (this == BY_KEY && request.body() instanceof RequestBody.Whole(byte[] bytes, boolean _)) {
      String body = new String(bytes, StandardCharsets.UTF_8);
      return book.stream()
          .filter(each -> each.key.filter(key -> body.contains('"' + key + '"')).isPresent())
          .findFirst();
    }
    String[] path = request.target().split("/", -1);
    Optional<String> reference = Optional.of(path[path.length - 2]);
    return book.stream().filter(each -> each.reference.equals(reference)).findFirst();
  }
}
