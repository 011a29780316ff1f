package io.tollwatch.simulation;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.dispatch.Incoming;
import io.tollwatch.dispatch.Reply;
import io.tollwatch.wire.CallerWatch;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A payment that a client wants back, through the channel. Immutable.
///
/// @param taker the gateway that has it
/// @param sent the gateway that the call went to; empty if it went nowhere
record FollowUp(String payment, String taker, Optional<String> sent) {

  private static final String TARGET = "/v1/refunds";

  static boolean isOne(String target) {
    return target.equals(TARGET);
  }

  /// Makes the call.
  static FollowUp made(World world, Call paid, String payment) {
    String[] sent = new String[1];
    Sidecar now = world.sidecar();
    Sidecar.untilKilled(() -> {
      Reply reply =
          now.dispatcher.dispatch(
              now.members(paid.channel),
              incoming(payment),
              (_, _, _) -> OutputStream.nullOutputStream(),
              new CallerWatch());
      if (!(reply instanceof Reply.Unrouted) && !(reply instanceof Reply.Refused)) {
        sent[0] = reply.provider();
      }
    });
    return new FollowUp(payment, paid.legs.getLast().gateway.name, Optional.ofNullable(sent[0]));
  }

  private static Incoming incoming(String payment) {
    byte[] body = ("amount=1000&payment_intent=" + payment).getBytes(StandardCharsets.UTF_8);
    return new Incoming(
        Origin.LIVE,
        "POST",
        TARGET,
        Fields.of("Content-Type", "application/x-www-form-urlencoded"),
        new RequestBody.Whole(body, false),
        new CapturedBody(body, body.length, true));
  }
}
