package io.tollwatch.dispatch;

import io.tollwatch.attempt.Fields;
import io.tollwatch.profile.Profile;
import io.tollwatch.redaction.Redactor;
import io.tollwatch.wire.Line;
import java.util.Optional;

/// One configured upstream gateway account or endpoint, ready to be called. Immutable.
///
/// @param basePath what comes before the caller's path, empty or `/...` without a slash at its end
/// @param hostField the value of the `Host` field
/// @param injected fields that replace the caller's of the same names; secret
/// @param finishWithoutCaller whether a call goes on when its caller went away
/// @param refuseRepeats whether a repeat of a call that may have moved money is refused
/// @param channel the channel that it serves
public record Provider(
    String name,
    Profile profile,
    Redactor redactor,
    Line line,
    String basePath,
    String hostField,
    Fields injected,
    boolean finishWithoutCaller,
    boolean refuseRepeats,
    Optional<String> channel) {

  /// The same with other secret fields.
  public Provider withInjected(Fields fields) {
    return new Provider(
        name,
        profile,
        redactor,
        line,
        basePath,
        hostField,
        fields,
        finishWithoutCaller,
        refuseRepeats,
        channel);
  }

  /// The same by another way, and with another line between what goes out and what is kept.
  public Provider by(Line other, Redactor keeping) {
    return new Provider(
        name,
        profile,
        keeping,
        other,
        basePath,
        hostField,
        injected,
        finishWithoutCaller,
        refuseRepeats,
        channel);
  }

  /// Without the injected secrets.
  @Override
  public String toString() {
    return "Provider[" + name + ", " + profile.name() + "]";
  }
}
