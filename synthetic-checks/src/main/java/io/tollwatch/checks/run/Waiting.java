package io.tollwatch.checks.run;

import io.tollwatch.checks.hook.HookCall;
import io.tollwatch.checks.hook.Mailbox;
import io.tollwatch.checks.script.Awaited;
import io.tollwatch.checks.script.Finding;
import io.tollwatch.profile.Message;
import io.tollwatch.profile.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Waits for the webhook of a step. Confined to the step.
///
/// @param judging looks at what came
record Waiting(Mailbox box, Profile profile, Judging judging, Stop stop, LongSupplier nanos) {

  /// How soon a stop is noticed.
  private static final Duration TURN = Duration.ofMillis(50);

  Finding await(Awaited awaited, Deadline deadline) {
    long begin = nanos.getAsLong();
    Deadline own = Deadline.in(deadline.atMost(awaited.within()), nanos);
    String expected = "the gateway calls within " + awaited.within().toMillis() + " ms";
    Optional<String> other = Optional.empty();
    int others = 0;
    while (!own.isOver() && !stop.isAsked()) {
      Optional<HookCall> call = box.next(own.atMost(TURN));
      if (call.isPresent()) {
        other = wrong(call.get(), awaited);
        if (other.isEmpty()) {
          double seconds = (nanos.getAsLong() - begin) / 1e9;
          return new Finding(
              expected, String.format(Locale.ROOT, "it did after %.1f s", seconds), true);
        }
        others++;
      }
    }
    return new Finding(
        expected,
        (stop.isAsked() ? "stopped before" : "no such call") + besides(others, other),
        false);
  }

  private static String besides(int others, Optional<String> last) {
    String count = others == 1 ? "1 other" : others + " others";
    return last.map(why -> "; the last of " + count + ": " + why).orElse("");
  }

  /// What is not as expected; empty if it is the one.
  private Optional<String> wrong(HookCall call, Awaited awaited) {
    Message message = Message.answer(0, call.fields(), profile.content(call.body()));
    List<Finding> findings =
        judging.of(
            awaited.says(),
            new StepAnswer(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(message),
                call.body(),
                Optional.empty()));
    return StepResult.firstOf(findings);
  }
}
