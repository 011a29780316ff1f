package io.tollwatch.redaction;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Measures how long it takes to redact a message of about 1 KiB, on one thread. No test: its
/// figures depend on the machine. `probe/bench/micro.sh` runs it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xmx128m", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RedactionBenchmark {

  private static final int CAPTURE_LIMIT = 64 * 1024;

  /// A body as it comes. `secrets` holds a card and a token, the others nothing to mask.
  public enum Body {
    FORM(
        "application/x-www-form-urlencoded",
        "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa"
            + "&metadata[order_id]=order-4711&receipt=yes&description="
            + "Two+tickets+for+the+evening".repeat(32)),
    JSON("application/json", json("pi_3OaBc2eZvKYlo2C0n7xQ1", "visa")),
    SECRETS("application/json", json("4242424242424242", "sk_test_4eC39HqLyjWDarjtT1zdp7dc"));

    private final String type;
    private final String text;

    Body(String type, String text) {
      this.type = type;
      this.text = text;
    }

    private static String json(String first, String second) {
      return "{\"id\":\"%s\",\"object\":\"payment_intent\",\"brand\":\"%s\",\"lines\":["
              .formatted(first, second)
          + "{\"id\":\"item_a\",\"price\":{\"amount\":500,\"currency\":\"eur\"},\"n\":2},"
              .repeat(14)
          + "{}],\"status\":\"succeeded\",\"livemode\":false,\"last_error\":null}";
    }
  }

  /// Which body is redacted.
  @Param public Body body = Body.FORM;

  private final Redactor redactor = new Redactor(Secrets.common(), CAPTURE_LIMIT);
  private Fields fields = Fields.none();
  private CapturedBody captured = CapturedBody.empty();

  /// Makes the message that is measured.
  @Setup
  public void prepare() {
    byte[] bytes = body.text.getBytes(StandardCharsets.UTF_8);
    fields = Fields.of("Content-Type", body.type);
    captured = new CapturedBody(bytes, bytes.length, true);
  }

  /// From the bytes as they passed to the copy that may be kept.
  @Benchmark
  public KeptBody redact() {
    return redactor.body(captured, fields);
  }
}
