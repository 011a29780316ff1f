package io.tollwatch.proxy.config;

import java.nio.file.Path;

/// Where a secret is to be found; never the secret itself. Immutable.
public sealed interface SecretRef {

  /// The value of an environment variable.
  record Env(String name) implements SecretRef {}

  /// The content of a file, without one trailing line end.
  record FromFile(Path path) implements SecretRef {}
}
