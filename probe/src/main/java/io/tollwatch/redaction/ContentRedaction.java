package io.tollwatch.redaction;

import java.util.Optional;

/// Redacts content by its type: JSON, XML, form, multipart, or text. Thread-safe.
final class ContentRedaction {

  private final TextRedaction text;
  private final JsonRedaction json;
  private final XmlRedaction xml;
  private final FormRedaction form;
  private final MultipartRedaction multipart;

  ContentRedaction(SecretNames names, TextRedaction text) {
    this.text = text;
    this.json = new JsonRedaction(names, text);
    this.xml = new XmlRedaction(names, text, json);
    this.form = new FormRedaction(names, text, json);
    this.multipart = new MultipartRedaction(names, text, json);
  }

  FormRedaction form() {
    return form;
  }

  /// Empty if nothing can be kept of it.
  ///
  /// @param cut whether it breaks off: its last word is gone already
  Optional<Redacted> redact(String content, ContentType type, boolean cut) {
    Optional<String> boundary =
        type.multipart() ? type.boundary() : MultipartRedaction.boundary(content);
    if (type.multipart() || boundary.isPresent()) {
      return boundary.map(b -> new Redacted(multipart.redact(content, b), true));
    }
    Optional<Redacted> structured = Optional.empty();
    if (type.json() || JsonRedaction.looksLikeJson(content)) {
      structured = json.redact(content); // it often says text/plain, or nothing
    } else if (type.xml() || content.stripLeading().startsWith("<?xml")) {
      structured = xml.redact(content);
    } else if (type.form() || FormRedaction.looksLikeForm(content)) {
      structured = Optional.of(new Redacted(form.redact(content), true));
    } else if (XmlRedaction.looksLikeXml(content)) {
      structured = xml.redact(content).filter(Redacted::whole); // a page for people is mostly not
    }
    return structured.or(() -> Optional.of(new Redacted(unparsed(content, cut), true)));
  }

  /// Digits that were escapes look like the end of a number only now.
  private String unparsed(String content, boolean cut) {
    String undone = Escapes.undone(content);
    boolean again = cut && !undone.equals(content);
    return text.redact(again ? CutEnd.without(undone) : undone);
  }
}
