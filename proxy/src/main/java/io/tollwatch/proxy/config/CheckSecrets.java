package io.tollwatch.proxy.config;

import io.tollwatch.checks.script.SecretLookup;
import io.tollwatch.proxy.config.Loading.Failed;
import io.tollwatch.proxy.config.Loading.Loaded;
import java.util.Map;

/// Fetches the secrets of checks as those of the configuration: from the environment, or from files
/// that not everybody can read. Thread-safe.
public final class CheckSecrets implements SecretLookup {

  /// What is shorter can't be masked without masking half of what is kept.
  private static final int SHORTEST = 8;

  private final SecretReader secrets;

  /// @param environment where references like `{env: NAME}` look
  public CheckSecrets(Map<String, String> environment) {
    this(new SecretReader(environment));
  }

  CheckSecrets(SecretReader secrets) {
    this.secrets = secrets;
  }

  @Override
  public Answer find(Reference reference) {
    SecretRef place =
        switch (reference) {
          case Reference.Env env -> new SecretRef.Env(env.name());
          case Reference.FromFile file -> new SecretRef.FromFile(file.path());
        };
    return switch (secrets.text(place)) {
      case Failed<String>(String message, String hint) -> new Answer.Missing(message, hint);
      case Loaded<String>(String text) ->
          text.length() < SHORTEST
              ? new Answer.Missing(
                  "the secret has fewer than " + SHORTEST + " characters", "use a longer one")
              : new Answer.Found(text);
    };
  }
}
