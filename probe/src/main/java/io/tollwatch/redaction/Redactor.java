package io.tollwatch.redaction;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.redaction.KeptBody.State;
import java.util.Optional;

/// Takes out of a message what must not be kept: card numbers down to BIN and last four, security
/// codes, PINs, track data, tokens, keys, passwords and signatures altogether; by the names of
/// fields and by what the content looks like. When unsure, it masks. One for each profile.
/// Immutable, thread-safe. Time and memory are linear in the text; none is longer than the capture
/// limit.
public final class Redactor {

  private final int limitChars;
  private final BodyDecoder decoder;
  private final TextRedaction text;
  private final JsonRedaction json;
  private final XmlRedaction xml;
  private final FormRedaction form;
  private final MultipartRedaction multipart;
  private final TargetRedaction target;
  private final HeaderRedaction headers;

  /// @param secrets what the profile adds to what is always secret
  /// @param captureLimitBytes how much of a body is captured; so many characters of it are kept
  public Redactor(Secrets secrets, int captureLimitBytes) {
    SecretNames names = new SecretNames(secrets);
    this.limitChars = captureLimitBytes;
    this.decoder = new BodyDecoder(captureLimitBytes);
    this.text = new TextRedaction(names);
    this.json = new JsonRedaction(names, text);
    this.xml = new XmlRedaction(names, text, json);
    this.form = new FormRedaction(names, text, json);
    this.multipart = new MultipartRedaction(names, text, json);
    this.target = new TargetRedaction(form);
    this.headers = new HeaderRedaction(secrets, names, text, target);
  }

  /// The header fields: every name, values only of those that are allowed.
  public Fields fields(Fields raw) {
    return headers.redact(raw);
  }

  /// A request target or URL, byte for byte but for what is masked in its place.
  public String target(String rawTarget) {
    return target.redact(rawTarget);
  }

  /// Text of any kind: details of an exception, a line for a log.
  public String text(String raw) {
    return text.redact(raw);
  }

  /// The copy of a body that may be kept. JSON, XML and forms stay what they are; their formatting
  /// may change.
  ///
  /// @param rawFields the fields of the same message
  public KeptBody body(CapturedBody raw, Fields rawFields) {
    if (raw.totalBytes() == 0 && raw.whole()) {
      return KeptBody.empty();
    }
    ContentType type = ContentType.of(rawFields);
    if (type.readable()
        && decoder.decode(raw, rawFields) instanceof Decoded.Read(byte[] bytes, boolean whole)) {
      return kept(type.text(bytes), whole, type, raw.totalBytes());
    }
    return unread(raw.totalBytes());
  }

  private KeptBody kept(String content, boolean whole, ContentType type, long totalBytes) {
    boolean fits = content.length() <= limitChars;
    String bounded = fits ? content : content.substring(0, limitChars);
    if (bounded.indexOf('\0') >= 0) {
      return unread(totalBytes); // no text, whatever it says
    }
    boolean cut = !whole || !fits;
    return redacted(cut ? CutEnd.without(bounded) : bounded, type)
        .map(r -> new KeptBody(r.text(), cut || !r.whole() ? State.CUT : State.WHOLE, totalBytes))
        .orElseGet(() -> unread(totalBytes));
  }

  private Optional<Redacted> redacted(String content, ContentType type) {
    if (type.multipart()) {
      return type.boundary().map(b -> new Redacted(multipart.redact(content, b), true));
    }
    Optional<Redacted> structured = Optional.empty();
    if (type.json() || JsonRedaction.looksLikeJson(content)) {
      structured = json.redact(content); // it often says text/plain, or nothing
    } else if (type.xml() || content.stripLeading().startsWith("<?xml")) {
      structured = xml.redact(content);
    } else if (type.form()) {
      structured = Optional.of(new Redacted(form.redact(content), true));
    }
    return structured.or(() -> Optional.of(new Redacted(text.redact(content), true)));
  }

  private static KeptBody unread(long totalBytes) {
    return new KeptBody("", State.UNREAD, totalBytes);
  }
}
