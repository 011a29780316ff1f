package io.tollwatch.redaction;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.redaction.KeptBody.State;
import java.util.Collection;

/// Takes out of a message what must not be kept: card numbers down to BIN and last four, bank
/// account numbers down to country and last four, security codes, PINs, track data, tokens, keys,
/// passwords and signatures altogether; by the names of fields and by what the content looks like,
/// in base64 too. When unsure, it masks. One for each profile. Immutable, thread-safe. Time and
/// memory are linear in the text; none is longer than the capture limit.
public final class Redactor {

  private final int limitChars;
  private final BodyDecoder decoder;
  private final TextRedaction text;
  private final ContentRedaction requests;
  private final ContentRedaction answers;
  private final TargetRedaction target;
  private final HeaderRedaction requestFields;
  private final HeaderRedaction answerFields;
  private final KnownSecrets known;

  /// One that keeps e-mail addresses.
  ///
  /// @param secrets what the profile adds to what is always secret
  /// @param captureLimitBytes how much of a body is captured; so many characters of it are kept
  public Redactor(Secrets secrets, int captureLimitBytes) {
    this(secrets, captureLimitBytes, Emails.KEEP);
  }

  /// One that keeps or masks e-mail addresses.
  ///
  /// @param secrets what the profile adds to what is always secret
  /// @param captureLimitBytes how much of a body is captured; so many characters of it are kept
  public Redactor(Secrets secrets, int captureLimitBytes, Emails emails) {
    SecretNames strict = new SecretNames(secrets.withoutExempt());
    SecretNames exempting = secrets.exempt().isEmpty() ? strict : new SecretNames(secrets);
    this.limitChars = captureLimitBytes;
    this.decoder = new BodyDecoder(captureLimitBytes);
    this.text = new TextRedaction(strict, emails);
    this.requests = new ContentRedaction(strict, text);
    this.answers = new ContentRedaction(exempting, text);
    this.target = new TargetRedaction(requests.form());
    this.requestFields = new HeaderRedaction(secrets, strict, text, target);
    this.answerFields = new HeaderRedaction(secrets, exempting, text, target);
    this.known = KnownSecrets.none();
  }

  private Redactor(Redactor like, KnownSecrets known) {
    this.limitChars = like.limitChars;
    this.decoder = like.decoder;
    this.text = like.text;
    this.requests = like.requests;
    this.answers = like.answers;
    this.target = like.target;
    this.requestFields = like.requestFields;
    this.answerFields = like.answerFields;
    this.known = known;
  }

  /// The same that also masks these values wherever they stand.
  ///
  /// @param values secrets that are sent, of at least 4 characters each
  public Redactor masking(Collection<String> values) {
    return new Redactor(this, KnownSecrets.of(values));
  }

  /// A request's header fields: every name, values only of those that are allowed.
  public Fields fields(Fields raw) {
    return known.mask(requestFields.redact(raw));
  }

  /// An answer's header fields: as a request's, and what the profile exempts.
  public Fields answerFields(Fields raw) {
    return known.mask(answerFields.redact(raw));
  }

  /// A request target or URL, byte for byte but for what is masked in its place.
  public String target(String rawTarget) {
    return known.mask(target.redact(rawTarget));
  }

  /// Text of any kind: details of an exception, a line for a log.
  public String text(String raw) {
    return known.mask(text.redact(raw));
  }

  /// Whether nothing of a text would be masked, or it is a UUID that has room for nothing.
  public boolean harmless(String raw) {
    return (Uuids.isPlain(raw) ? known.mask(raw) : text(raw)).equals(raw);
  }

  /// The copy of a request's body that may be kept. JSON, XML and forms stay what they are; their
  /// formatting may change.
  ///
  /// @param rawFields the fields of the same message
  public KeptBody body(CapturedBody raw, Fields rawFields) {
    return body(raw, rawFields, requests);
  }

  /// The copy of an answer's body that may be kept: as a request's, and what the profile exempts.
  ///
  /// @param rawFields the fields of the same message
  public KeptBody answerBody(CapturedBody raw, Fields rawFields) {
    return body(raw, rawFields, answers);
  }

  private KeptBody body(CapturedBody raw, Fields rawFields, ContentRedaction content) {
    if (raw.totalBytes() == 0 && raw.whole()) {
      return KeptBody.empty();
    }
    try {
      ContentType type = ContentType.of(rawFields);
      if (type.readable()
          && decoder.decode(raw, rawFields) instanceof Decoded.Read(byte[] bytes, boolean whole)) {
        return kept(type.text(bytes), whole, type, content, raw.totalBytes());
      }
    } catch (RuntimeException | StackOverflowError e) {
      // A bug of ours, or a parser's: of what can't be redacted nothing is kept, and it says so.
    }
    return unread(raw.totalBytes());
  }

  private KeptBody kept(
      String text, boolean whole, ContentType type, ContentRedaction content, long totalBytes) {
    boolean fits = text.length() <= limitChars;
    String bounded = fits ? text : text.substring(0, limitChars);
    if (bounded.indexOf('\0') >= 0) {
      return unread(totalBytes); // no text, whatever it says
    }
    boolean cut = !whole || !fits;
    return content
        .redact(cut ? CutEnd.without(bounded) : bounded, type, cut)
        .map(r ->
            new KeptBody(
                known.mask(r.text()), cut || !r.whole() ? State.CUT : State.WHOLE, totalBytes))
        .orElseGet(() -> unread(totalBytes));
  }

  private static KeptBody unread(long totalBytes) {
    return new KeptBody("", State.UNREAD, totalBytes);
  }
}
