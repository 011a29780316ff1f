package io.tollwatch.ledger.journal;

import java.nio.file.Path;

/// What came of opening a journal's folder. Immutable, but for what was opened.
///
/// @param <T> what was to be opened
public sealed interface Opening<T> {

  /// It is open.
  record Ready<T>(T opened) implements Opening<T> {}

  /// A newer version of Tollwatch wrote here. Nothing was touched.
  ///
  /// @param file the first file that says so
  /// @param version the version of its format
  record Newer<T>(Path file, int version) implements Opening<T> {
    /// One sentence for people.
    public String reason() {
      return "the journal was written by a newer version (format %d, this one knows up to %d): %s"
          .formatted(version, Format.VERSION, file);
    }
  }

  /// The folder can't be used.
  ///
  /// @param reason one sentence for people
  record Unusable<T>(String reason) implements Opening<T> {}
}
