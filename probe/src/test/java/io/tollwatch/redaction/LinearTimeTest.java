package io.tollwatch.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// Redaction is on the way of each call: whoever writes the body must not decide how long it takes.
/// From 32 to 512 KiB, sixteen times the size, a hostile body may take about sixteen times as long;
/// what is quadratic takes 256 times as long.
class LinearTimeTest {

  private static final int SMALL = 32 * 1024;
  private static final int FACTOR = 16;

  /// Between linear and quadratic, with room for a busy machine.
  private static final int GENEROUS = 4 * FACTOR;

  private static final int RUNS = 3;

  /// Less is too little to be compared.
  private static final long SHORTEST = 1_000_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final List<String> TYPES =
      List.of("application/json", "text/plain", "text/xml", "application/x-www-form-urlencoded");

  private final Redactor redactor = new Redactor(Secrets.common(), FACTOR * SMALL, Emails.MASK);

  private static final Map<String, IntFunction<String>> HOSTILE = hostile();

  private static Map<String, IntFunction<String>> hostile() {
    Map<String, IntFunction<String>> all = new LinkedHashMap<>();
    all.put("deep objects", size -> repeated("{\"a\":", size));
    all.put("deep arrays", size -> repeated("[", size));
    all.put("deep elements", size -> repeated("<a>", size));
    all.put("digits", size -> repeated("4", size));
    all.put("digits and zeros", size -> repeated("0000000004242424", size));
    all.put("digits and separators", size -> repeated("4 2-", size));
    all.put("percent signs", size -> repeated("%25", size));
    all.put("half escapes", size -> repeated("%2", size));
    all.put("quotes", size -> repeated("\"", size));
    all.put("backslashes", size -> repeated("\\", size));
    all.put("quoted secrets", size -> repeated("cvc=\"\\\"", size));
    all.put("inputs", size -> repeated("<input", size));
    all.put("elements of secrets", size -> repeated("<cvc", size));
    all.put("base64 of text", size -> repeated("dGhpcyBpcyB0ZXh0", size));
    all.put("base64 in pieces", size -> repeated("dGhpcyBpcyB0ZXh0 ", size));
    all.put("base64 in lines", size -> repeated("dGhpcyBpcyB0ZXh0".repeat(4) + "\r\n", size));
    all.put("base64 of binary", size -> repeated("_-8AB", size));
    all.put("a huge number", size -> "{\"n\":" + repeated("9", size) + "}");
    all.put("a huge exponent", size -> "{\"n\":1e" + repeated("9", size) + "}");
    all.put("literals", size -> repeated("4.2e15 ", size));
    all.put("duplicate keys", size -> "{" + repeated("\"cvc\":\"1\",", size) + "\"a\":1}");
    all.put("parameters", size -> repeated("a=b&", size));
    all.put("a long name", size -> "{\"" + repeated("a.b[c]", size) + "\":1}");
    all.put("colons", size -> repeated("a:", size));
    all.put("keys that don't end", size -> repeated("-----BEGIN A", size));
    all.put("private keys that don't end", size -> repeated("-----BEGIN PRIVATE KEY-----", size));
    all.put("dots of a token", size -> "eyJabcdef" + repeated(".a", size));
    all.put("authorization and blanks", size -> "basic" + repeated(" ", size) + "!");
    all.put("at signs", size -> repeated("a@a.", size));
    all.put("accounts", size -> repeated("DE89 3704 ", size));
    all.put("references", size -> repeated("&#52", size));
    all.put("strings in strings", size -> nested("\"" + repeated("x", size / 8) + "\""));
    return all;
  }

  @Test
  void hostileBodiesTakeTimeByTheirLength() {
    double worst = 0;
    for (var hostile : HOSTILE.entrySet()) {
      String small = hostile.getValue().apply(SMALL);
      String large = hostile.getValue().apply(FACTOR * SMALL);
      for (String type : TYPES) {
        long base = Math.max(cpuNanos(small, type, 0), SHORTEST);
        double ratio = (double) cpuNanos(large, type, GENEROUS * base) / base;
        assertThat(ratio).as("%s as %s", hostile.getKey(), type).isLessThan(GENEROUS);
        worst = Math.max(worst, ratio);
      }
    }
    System.out.printf("sixteen times the size took at most %.1f times as long%n", worst);
  }

  /// The least of several, as whatever else the machine does only adds to it; one that is below
  /// what is enough needs no other.
  private long cpuNanos(String body, String type, long enough) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < RUNS && least >= enough; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      redact(body, type);
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - start);
    }
    return least;
  }

  private void redact(String body, String type) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    KeptBody kept = redactor.body(Gateway.whole(bytes), Gateway.type(type));
    assertThat(kept.totalBytes()).isEqualTo(bytes.length);
  }

  private static String repeated(String piece, int size) {
    return piece.repeat(size / piece.length());
  }

  private static String nested(String json) {
    String text = json;
    for (int i = 0; i < 3; i++) {
      text = "{\"a\":\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }
    return text;
  }
}
