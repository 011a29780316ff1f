package io.tollwatch.dispatch;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Keys for fingerprints in tests.
final class Keys {

  private Keys() {}

  static JoinKey of(String letter) {
    return switch (JoinKey.of(letter.repeat(32).getBytes(StandardCharsets.UTF_8))) {
      case JoinKey.Opening.Ready(JoinKey key) -> key;
      case JoinKey.Opening.Passing(JoinKey _, String reason) ->
          throw new IllegalArgumentException(reason);
      case JoinKey.Opening.Unusable(String reason) -> throw new IllegalArgumentException(reason);
    };
  }

  static JoinKeys ofPayments() {
    return new JoinKeys(of("p"), Optional.empty());
  }

  static JoinKeys withCards() {
    return new JoinKeys(of("p"), Optional.of(of("c")));
  }
}
