package io.tollwatch.checks.signing;

import io.tollwatch.checks.message.Draft;
import java.time.Instant;

/// Signs requests. Thread-safe; does not show its key.
public sealed interface Signer permits AlipaySigner, CyberSourceSigner, WechatPaySigner {

  /// The request as it goes out.
  ///
  /// @param now the time that the signature says
  /// @param nonce something new
  Draft sign(Draft draft, Instant now, String nonce);
}
