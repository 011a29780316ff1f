package io.tollwatch.checks.script;

import java.nio.file.Path;

/// Fetches the secrets that scripts refer to. Thread-safe.
@FunctionalInterface
public interface SecretLookup {

  /// Where a secret is.
  sealed interface Reference {

    /// The value of an environment variable.
    record Env(String name) implements Reference {}

    /// The content of a file.
    record FromFile(Path path) implements Reference {}
  }

  /// What came of it.
  sealed interface Answer {

    /// The secret.
    record Found(String secret) implements Answer {

      /// Without the secret.
      @Override
      public String toString() {
        return "***";
      }
    }

    /// It can't be had.
    ///
    /// @param message what is wrong, without the secret
    /// @param hint what would be right
    record Missing(String message, String hint) implements Answer {}
  }

  /// Fetches one.
  Answer find(Reference reference);
}
