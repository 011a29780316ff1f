package io.tollwatch.reconcile;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.dispatch.Caller;
import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.dispatch.Incoming;
import io.tollwatch.dispatch.Reply;
import io.tollwatch.profile.LookupCall;
import io.tollwatch.profile.Message;
import io.tollwatch.profile.Profile;
import io.tollwatch.wire.CallerWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes one lookup call through the dispatcher, so that it is recorded like any other. Confined to
/// one look.
final class Inquiry implements Caller {

  private static final int MAX_BYTES = 1 << 20;

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private @Nullable AnswerHead head;

  private Inquiry() {}

  /// What came of it.
  ///
  /// @param answer empty if no complete one came
  record Told(String exchange, Optional<Message> answer) {}

  static Told make(Dispatcher dispatcher, Desk desk, LookupCall call, Case doubt) {
    Inquiry caller = new Inquiry();
    Reply reply =
        dispatcher.dispatch(desk.provider(), incoming(call, doubt), caller, new CallerWatch());
    return new Told(reply.exchange(), caller.answer(reply, desk.provider().profile()));
  }

  private static Incoming incoming(LookupCall call, Case doubt) {
    String target = call.target(doubt.facts()).orElseThrow();
    String type = call.contentType().orElse("application/json");
    Fields fields = Fields.of("Accept", type, "User-Agent", "tollwatch");
    Optional<byte[]> content =
        call.body(doubt.facts()).map(text -> text.getBytes(StandardCharsets.UTF_8));
    return new Incoming(
        Origin.RECONCILE,
        call.method(),
        target,
        content.isPresent() ? fields.plus("Content-Type", type) : fields,
        content
            .<RequestBody>map(bytes -> new RequestBody.Whole(bytes, false))
            .orElseGet(() -> new RequestBody.None(false)),
        content
            .map(bytes -> new CapturedBody(bytes, bytes.length, true))
            .orElseGet(CapturedBody::empty));
  }

  private Optional<Message> answer(Reply reply, Profile profile) {
    return switch (reply) {
      case Reply.Whole whole -> Optional.of(message(profile, whole.head(), whole.body()));
      case Reply.Streamed streamed when streamed.whole() && head != null ->
          Optional.of(message(profile, head, body.toByteArray()));
      case Reply.Streamed _, Reply.Lost _, Reply.Refused _, Reply.Unrouted _, Reply.Unrecorded _ ->
          Optional.empty();
    };
  }

  private static Message message(Profile profile, AnswerHead head, byte[] bytes) {
    return Message.answer(
        head.status(), head.fields(), profile.content(new String(bytes, StandardCharsets.UTF_8)));
  }

  @Override
  public OutputStream stream(AnswerHead answered, String exchange, String provider) {
    head = answered;
    return new Bounded();
  }

  /// Takes no more than a lookup's answer may have.
  private final class Bounded extends OutputStream {

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (body.size() + length > MAX_BYTES) {
        throw new IOException("a lookup's answer of more than 1 MiB");
      }
      body.write(bytes, offset, length);
    }
  }
}
