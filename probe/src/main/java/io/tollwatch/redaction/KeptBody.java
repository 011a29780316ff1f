package io.tollwatch.redaction;

/// What may be kept of a message's body: a bounded, decoded, redacted copy. Immutable.
///
/// @param text the redacted text; empty where nothing could be read
/// @param state how much of the body the text is
/// @param totalBytes how many bytes passed on the wire, encoded as they were
public record KeptBody(String text, State state, long totalBytes) {

  private static final KeptBody EMPTY = new KeptBody("", State.WHOLE, 0);

  /// A body without content.
  public static KeptBody empty() {
    return EMPTY;
  }

  /// How much of the body is kept.
  public enum State {
    /// All of it, decoded and redacted.
    WHOLE,
    /// Its beginning: it was longer than the capture limit, or it was cut.
    CUT,
    /// Nothing: not text, an unknown or broken encoding, or one that would inflate beyond the
    /// limit.
    UNREAD,
    /// Nothing any more: its time to be kept is over.
    EXPIRED
  }
}
