package io.tollwatch.verdict;

import io.tollwatch.attempt.Fields;
import java.util.Locale;
import java.util.Map;

/// Measures how long it takes to judge an answer of 1 KiB, warm, on one thread. No test: a main
/// program, since its figures depend on the machine.
final class JudgingBench {

  private static final int ROUNDS = 10;
  private static final int CALLS = 200_000;

  private JudgingBench() {}

  public static void main(String[] arguments) {
    String padding = "\"padding\":{\"a\":\"%s\",\"b\":[1,2,3,{\"c\":true}]},";
    Map<String, String> answers =
        Map.of(
            "decline",
            "{\"error\":{%s\"type\":\"card_error\",\"code\":\"card_declined\",\"decline_code\":\"lost_card\"}}",
            "success",
            "{%s\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":2000,\"currency\":\"eur\",\"status\":\"succeeded\"}");
    answers.forEach((name, template) -> {
      String bare = template.formatted(padding.formatted(""));
      String body = template.formatted(padding.formatted("x".repeat(1_024 - bare.length())));
      measure(name, name.equals("decline") ? 402 : 200, body);
    });
  }

  private static void measure(String name, int status, String body) {
    Observation seen = Observation.answered(status, Fields.none(), Judging.whole(body));
    long found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        found += Judging.judge("stripe", Judging.PAY, seen).rule().length();
      }
      double micros = (System.nanoTime() - start) / 1_000.0 / CALLS;
      System.out.printf(
          Locale.ROOT, "%s, %d bytes, round %d: %.2f us%n", name, body.length(), round, micros);
    }
    System.out.println(found);
  }
}
