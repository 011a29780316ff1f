package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import io.tollwatch.routing.CanarySettings;

/// Reads how the shares of a channel's canaries grow.
final class CanaryBinder {

  private CanaryBinder() {}

  static CanarySettings bind(Section section) {
    CanarySettings defaults = CanarySettings.defaults();
    return new CanarySettings(
        Steps.read(section, "steps", defaults.steps()),
        section.duration("step-time", defaults.stepTime()),
        section.integer("min-calls", defaults.minCalls()),
        Percent.of(section, "significance", (int) Math.round(defaults.significance() * 100))
            / 100.0);
  }
}
