package io.tollwatch.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TraceParentsTest {

  private static final String FORM = "00-[0-9a-f]{32}-[0-9a-f]{16}-00";

  @Test
  void whatTheCallerSentIsKeptAsItIs() {
    String sent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    TraceParents traces = new TraceParents(RandomGenerator.getDefault());
    assertThat(traces.of(Fields.of("Traceparent", sent), text -> text)).isEqualTo(sent);
  }

  @Test
  void aCallersIsRedactedBeforeItIsKept() {
    TraceParents traces = new TraceParents(RandomGenerator.getDefault());
    assertThat(traces.of(Fields.of("traceparent", "secret"), text -> "masked")).isEqualTo("masked");
  }

  @Test
  void oneIsMadeWhereTheCallerSentNone() {
    TraceParents traces = new TraceParents(RandomGenerator.getDefault());
    String first = traces.of(Fields.none(), text -> "masked");
    assertThat(first).matches(FORM).isNotEqualTo(traces.make());
  }

  @Test
  void noPartIsAllZerosWhateverTheRandomness() {
    assertThat(new TraceParents(() -> 0).make())
        .matches(FORM)
        .doesNotContain("-00000000000000000000000000000000-", "-0000000000000000-");
  }
}
