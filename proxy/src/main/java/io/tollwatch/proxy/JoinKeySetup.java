package io.tollwatch.proxy;

import io.tollwatch.dispatch.JoinKey;
import io.tollwatch.dispatch.JoinKeys;
import io.tollwatch.ledger.DataFolder;
import io.tollwatch.proxy.config.RedactionConfig;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Finds the keys of the fingerprints that are kept.
final class JoinKeySetup {

  private JoinKeySetup() {}

  static JoinKey.Opening open(DataFolder folder, RedactionConfig config) {
    return config
        .joinKey()
        .map(key -> JoinKey.of(key.reveal().getBytes(StandardCharsets.UTF_8)))
        .orElseGet(() -> JoinKey.in(folder.path().resolve(JoinKey.FILE)));
  }

  /// Cards are joined only under a key that somebody gave: it must outlive this machine's disk.
  static JoinKeys keys(JoinKey key, RedactionConfig config) {
    return new JoinKeys(
        key,
        config.joinCards() && config.joinKey().isPresent() ? Optional.of(key) : Optional.empty());
  }
}
