package io.tollwatch.proxy;

import java.security.SecureRandom;
import java.util.Base64;

/// Makes tokens that can't be guessed: 256 random bits.
final class Tokens {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Tokens() {}

  static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
