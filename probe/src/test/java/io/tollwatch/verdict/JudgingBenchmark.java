package io.tollwatch.verdict;

import io.tollwatch.attempt.Fields;
import io.tollwatch.profile.Profile;
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

/// Measures how long it takes to judge an answer of 1 KiB, on one thread. No test: its figures
/// depend on the machine. `probe/bench/micro.sh` runs it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xmx128m", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class JudgingBenchmark {

  private static final int SIZE = 1_024;

  /// What a gateway answers. `unmapped` is a code that no table knows.
  public enum Kind {
    DECLINE(
        402,
        "{\"error\":{%s\"type\":\"card_error\",\"code\":\"card_declined\",\"decline_code\":\"lost_card\"}}"),
    UNMAPPED(
        402,
        "{\"error\":{%s\"type\":\"card_error\",\"code\":\"card_declined\",\"decline_code\":\"brand_new\"}}"),
    SUCCESS(
        200,
        "{%s\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":2000,\"currency\":\"eur\",\"status\":\"succeeded\"}");

    private final int status;
    private final String template;

    Kind(int status, String template) {
      this.status = status;
      this.template = template;
    }

    private Observation answer() {
      String padding = "\"padding\":{\"a\":\"%s\",\"b\":[1,2,3,{\"c\":true}]},";
      int bare = template.replace("%s", padding.replace("%s", "")).length();
      String body = template.replace("%s", padding.replace("%s", "x".repeat(SIZE - bare)));
      return Observation.answered(status, Fields.none(), Judging.whole(body));
    }
  }

  /// Which answer is judged.
  @Param public Kind kind = Kind.DECLINE;

  private final Classifier classifier = Classifier.shipped();
  private final Profile stripe = Judging.PROFILES.byName("stripe");
  private Observation answer = kind.answer();

  /// Makes the answer of the kind that is measured.
  @Setup
  public void prepare() {
    answer = kind.answer();
  }

  /// From the kept copy to the verdict.
  @Benchmark
  public Verdict judge() {
    return classifier.judge(stripe, Judging.PAY, answer);
  }
}
