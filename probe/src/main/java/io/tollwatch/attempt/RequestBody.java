package io.tollwatch.attempt;

import java.io.InputStream;
import java.util.OptionalLong;

/// The content of a request: none, read whole before anything is sent, or streamed.
public sealed interface RequestBody {

  /// No content. What the wire says of it is in `framed`.
  ///
  /// @param framed whether the caller sent `Content-Length: 0`, which a POST without content has
  record None(boolean framed) implements RequestBody {}

  /// Content that was read whole. The bytes are not copied: nobody may change them.
  ///
  /// @param chunked whether the caller sent it in chunks
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, copied by nobody: the hot path
  record Whole(byte[] bytes, boolean chunked) implements RequestBody {}

  /// Content that passes through. Reading it blocks until the caller sends more; a failing read
  /// means that the caller cut it.
  ///
  /// @param bytes confined to the attempt
  /// @param length how much will come where the caller said so, in bytes; empty for chunks
  record Streamed(InputStream bytes, OptionalLong length) implements RequestBody {}
}
