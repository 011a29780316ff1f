package io.tollwatch.redaction;

/// What came out of a body's content codings. Not redacted yet: lives in memory only.
public sealed interface Decoded {

  /// The content, or its beginning. The bytes are not copied: nobody may change them.
  ///
  /// @param whole whether it came to its end
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, copied by nobody: the hot path
  record Read(byte[] bytes, boolean whole) implements Decoded {}

  /// Nothing that could be used.
  record Unread(Reason reason) implements Decoded {}

  /// Why nothing could be read.
  enum Reason {
    /// A content coding that is not known, or more of them in a row than are undone.
    UNKNOWN_CODING,
    /// The content is not what its coding says.
    BROKEN,
    /// It inflates beyond the limit.
    TOO_LARGE
  }
}
