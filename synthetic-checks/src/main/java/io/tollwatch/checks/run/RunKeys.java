package io.tollwatch.checks.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/// The idempotency keys and the reference of a planned run: derived from check, planned time and
/// step, so that a second run of the same plan sends the same and charges once. Immutable.
///
/// They have letters only: nothing in them looks like a card number.
record RunKeys(String check, Instant planned) {

  private static final String LETTERS = "bcdfghjkmnpqrstv";
  private static final int LENGTH = 26;

  /// The idempotency key of a step.
  String key(String step) {
    return "twk" + letters("key\0" + step);
  }

  /// The merchant's reference of the run.
  String reference() {
    return "twr" + letters("reference");
  }

  /// The id of what a step takes.
  String taking(String step) {
    return "twm" + letters("money\0" + step);
  }

  private String letters(String what) {
    byte[] hash = sha256(check + "\0" + planned.toEpochMilli() + "\0" + what);
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      int half = (hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xF;
      text.append(LETTERS.charAt(half));
    }
    return text.toString();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK can do this", e);
    }
  }
}
