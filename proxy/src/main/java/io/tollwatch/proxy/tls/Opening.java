package io.tollwatch.proxy.tls;

import java.util.Optional;

/// How opening the local authority ended. Immutable.
public sealed interface Opening {

  /// The authority is ready.
  ///
  /// @param news a sentence for the operator where clients must now trust another certificate than
  ///   before; empty where all is as it was
  record Opened(LocalAuthority authority, Optional<String> news) implements Opening {}

  /// There is no authority, and nothing on disk was changed.
  ///
  /// @param reason what is wrong and what would be right, in one sentence
  record Unusable(String reason) implements Opening {}
}
