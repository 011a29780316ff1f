package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import io.tollwatch.health.LimitSettings;

/// How many calls may be under way at one provider. Immutable.
///
/// @param maxRunning at most; default 256, from 1 to 65536
/// @param minRunning how far the limit may shrink while the provider is slow; default 16, from 1 to
///   65536
public record LimitConfig(int maxRunning, int minRunning) {

  /// The settings where no file says otherwise.
  public static LimitConfig defaults() {
    LimitSettings defaults = LimitSettings.defaults();
    return new LimitConfig(defaults.maxRunning(), defaults.minRunning());
  }

  /// Reads them.
  ///
  /// @param otherwise what counts where the section says nothing
  static LimitConfig bind(Section section, LimitConfig otherwise) {
    int most = section.integer("max-running", otherwise.maxRunning());
    int least = section.integer("min-running", Math.min(otherwise.minRunning(), most));
    if (least > most) {
      section.wrong("min-running", " is more than max-running", "make it smaller");
      return otherwise;
    }
    return new LimitConfig(most, least);
  }

  /// What a limit is made with.
  public LimitSettings settings() {
    return new LimitSettings(maxRunning, minRunning);
  }
}
