package io.tollwatch.proxy.config;

import io.tollwatch.document.Section;
import java.util.List;

/// Reads percentages that grow to 100.
final class Steps {

  private Steps() {}

  static List<Integer> read(Section section, String key, List<Integer> otherwise) {
    List<Integer> steps = section.integers(key);
    if (steps.isEmpty()) {
      return otherwise;
    }
    boolean grows = steps.getLast() == 100;
    for (int step = 1; step < steps.size(); step++) {
      grows &= steps.get(step) > steps.get(step - 1);
    }
    if (!grows) {
      section.wrong(key, " does not grow up to 100", "write one such as [5, 25, 50, 100]");
      return otherwise;
    }
    return steps;
  }
}
