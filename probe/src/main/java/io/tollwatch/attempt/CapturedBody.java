package io.tollwatch.attempt;

/// A bounded copy of the beginning of a body, raw as it passed. It lives in memory for one exchange
/// only and is never written anywhere before redaction. The bytes are not copied: nobody may change
/// them.
///
/// @param bytes the first bytes, up to the capture limit
/// @param totalBytes how many bytes passed in all
/// @param whole whether the body came to its end and `bytes` is all of it
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, copied by nobody: the hot path
public record CapturedBody(byte[] bytes, long totalBytes, boolean whole) {

  private static final CapturedBody EMPTY = new CapturedBody(new byte[0], 0, true);

  /// A body without content.
  public static CapturedBody empty() {
    return EMPTY;
  }
}
