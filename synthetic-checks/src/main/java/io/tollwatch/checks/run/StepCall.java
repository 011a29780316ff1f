package io.tollwatch.checks.run;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Field;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.RequestBody;
import io.tollwatch.checks.message.Draft;
import io.tollwatch.dispatch.Caller;
import io.tollwatch.dispatch.Incoming;
import io.tollwatch.dispatch.Reply;
import io.tollwatch.dispatch.Unroutable;
import io.tollwatch.profile.Content;
import io.tollwatch.profile.Message;
import io.tollwatch.redaction.BodyDecoder;
import io.tollwatch.redaction.Decoded;
import io.tollwatch.wire.CallerWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sends one step through the dispatcher, so that it is recorded and judged like any other call.
/// Takes at most [#MAX_BYTES] of the answer. Confined to one step.
final class StepCall implements Caller {

  static final int MAX_BYTES = 1 << 20;

  private static final Set<Content.Kind> KINDS = Set.of(Content.Kind.JSON, Content.Kind.XML);

  private final CallerWatch cut;
  private final ByteArrayOutputStream streamed = new ByteArrayOutputStream();
  private @Nullable AnswerHead head;
  private boolean tooLong;

  private StepCall(CallerWatch cut) {
    this.cut = cut;
  }

  /// Where a step is sent: to a provider, or to a channel.
  @FunctionalInterface
  interface Way {
    Reply send(Incoming incoming, Caller caller);
  }

  /// @param cut breaks off an answer that is too long
  static StepAnswer make(Ear ear, Way way, Draft draft, String type, CallerWatch cut) {
    StepCall caller = new StepCall(cut);
    Ear.Call<Reply> call = ear.during(() -> way.send(incoming(draft, type), caller));
    String body = caller.body(call.reply());
    List<Ear.Heard> attempts = call.attempts();
    Optional<Ear.Heard> last =
        attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
    return new StepAnswer(
        last.map(Ear.Heard::intent),
        last.map(Ear.Heard::outcome),
        attempts.stream().limit(Math.max(0, attempts.size() - 1)).map(Ear.Heard::outcome).toList(),
        caller.message(call.reply(), body),
        body,
        caller.refused(call.reply()));
  }

  private static Incoming incoming(Draft draft, String type) {
    Optional<byte[]> content = draft.content().map(text -> text.getBytes(StandardCharsets.UTF_8));
    List<Field> fields = new ArrayList<>(draft.fields().lines());
    usual(fields, "Accept", "*/*");
    usual(fields, "User-Agent", "tollwatch-check");
    if (content.isPresent()) {
      usual(fields, "Content-Type", type);
    }
    boolean framed = !draft.method().equals("GET") && !draft.method().equals("HEAD");
    return new Incoming(
        Origin.SYNTHETIC,
        draft.method(),
        draft.target(),
        new Fields(fields),
        content
            .<RequestBody>map(bytes -> new RequestBody.Whole(bytes, false))
            .orElseGet(() -> new RequestBody.None(framed)),
        content
            .map(bytes -> new CapturedBody(bytes, bytes.length, true))
            .orElseGet(CapturedBody::empty));
  }

  private static void usual(List<Field> fields, String name, String value) {
    if (fields.stream().noneMatch(field -> field.is(name))) {
      fields.add(new Field(name, value));
    }
  }

  private Optional<Message> message(Reply reply, String body) {
    Optional<AnswerHead> answer =
        switch (reply) {
          case Reply.Whole whole -> Optional.of(whole.head());
          case Reply.Streamed streamedReply ->
              streamedReply.whole() ? Optional.ofNullable(head) : Optional.empty();
          case Reply.Lost _, Reply.Refused _, Reply.Unrouted _, Reply.Unrecorded _ ->
              Optional.empty();
        };
    return answer.map(
        found -> Message.answer(found.status(), found.fields(), Content.ofAnswer(body, KINDS)));
  }

  private String body(Reply reply) {
    AnswerHead answered = head;
    return switch (reply) {
      case Reply.Whole whole -> decoded(whole.body(), whole.head().fields());
      case Reply.Streamed _ when answered != null ->
          decoded(streamed.toByteArray(), answered.fields());
      default -> "";
    };
  }

  private static String decoded(byte[] bytes, Fields fields) {
    return new BodyDecoder(MAX_BYTES).decode(new CapturedBody(bytes, bytes.length, true), fields)
            instanceof Decoded.Read(byte[] content, boolean _)
        ? new String(content, StandardCharsets.UTF_8)
        : "";
  }

  private Optional<String> refused(Reply reply) {
    if (tooLong) {
      return Optional.of("the answer is longer than 1 MiB");
    }
    return switch (reply) {
      case Reply.Refused refused -> Optional.of("not sent: " + refused.reason());
      case Reply.Unrecorded unrecorded -> Optional.of("not sent: " + unrecorded.reason());
      case Reply.Unrouted unrouted -> Optional.of("not sent: " + told(unrouted.why()));
      case Reply.Whole _, Reply.Streamed _, Reply.Lost _ -> Optional.empty();
    };
  }

  private static String told(Unroutable why) {
    return switch (why) {
      case NO_PROVIDER -> "there is no provider for it";
      case NOT_READY -> "the channel is not ready";
      case UNCONFIRMED -> "whether another sidecar has the payment can't be asked";
      case UNKNOWN_TAKER -> "nobody knows which provider took the payment";
      case NO_IDENTITY -> "it has neither an idempotency key nor a merchant reference";
    };
  }

  @Override
  public OutputStream stream(AnswerHead answered, String exchange, String provider) {
    head = answered;
    return new Bounded();
  }

  /// Takes no more of an answer than a check looks at.
  private final class Bounded extends OutputStream {

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (streamed.size() + length > MAX_BYTES) {
        tooLong = true;
        cut.gone(); // even where calls go on without their caller
        throw new IOException("an answer of more than 1 MiB");
      }
      streamed.write(bytes, offset, length);
    }
  }
}
