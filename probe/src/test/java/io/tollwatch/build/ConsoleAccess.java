package io.tollwatch.build;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Set;

/// What counts as writing to the console.
final class ConsoleAccess {

  static final DescribedPredicate<JavaAccess<?>> DIRECT =
      describe("write to the console", access -> isDirect(access.getTarget()));

  private static final Set<String> STREAMS =
      Set.of("java.lang.System.out", "java.lang.System.err", "java.lang.System.console");

  private ConsoleAccess() {}

  private static boolean isDirect(AccessTarget target) {
    return STREAMS.contains(target.getOwner().getName() + "." + target.getName())
        || isStackTrace(target);
  }

  private static boolean isStackTrace(AccessTarget target) {
    return target instanceof AccessTarget.CodeUnitAccessTarget method
        && method.getName().equals("printStackTrace")
        && method.getRawParameterTypes().isEmpty();
  }
}
