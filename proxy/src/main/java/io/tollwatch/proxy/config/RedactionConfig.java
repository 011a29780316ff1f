package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import java.util.Optional;

/// What is masked besides what always is, and what joins records without being kept. Immutable.
///
/// @param maskEmails whether e-mail addresses are masked too; default false
/// @param joinKey under which fingerprints of references and keys are made, at least 32 characters;
///   default none: one that is made on the first start, in the data folder
/// @param joinCards whether calls with the same card are joined by a fingerprint; needs a join key;
///   default false
public record RedactionConfig(boolean maskEmails, Optional<Secret> joinKey, boolean joinCards) {

  private static final int MIN_KEY = 32;

  /// The settings where no file says otherwise.
  public static RedactionConfig defaults() {
    return new RedactionConfig(false, Optional.empty(), false);
  }

  static RedactionConfig bind(Section section, References references) {
    Optional<Secret> key = references.secret(section, "join-key");
    if (key.isPresent() && key.get().reveal().length() < MIN_KEY) {
      section.wrong("join-key", " is a secret of less than 32 characters", "give a longer one");
    }
    boolean cards = section.flag("join-cards", false);
    if (cards && !section.has("join-key")) {
      section.wrong("join-cards", " needs a key of yours", "set redaction.join-key");
    }
    return new RedactionConfig(section.flag("mask-emails", false), key, cards);
  }
}
