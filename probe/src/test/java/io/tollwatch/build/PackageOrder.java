package io.tollwatch.build;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/// The order of the design's packages: a class may use what stands above its own package, never
/// what stands below. A package that the order does not know is a violation too. Immutable.
final class PackageOrder extends ArchCondition<JavaClass> {

  /// From the top down, without `io.tollwatch`; sub-packages belong to their parent.
  static final List<String> DOWN =
      List.of(
          "document",
          "calendar",
          "timing",
          "attempt",
          "redaction",
          "taxonomy",
          "profile",
          "verdict",
          "edge",
          "exchange",
          "wire",
          "ledger",
          "health",
          "routing",
          "dispatch",
          "reconcile",
          "report",
          "checks",
          "fixtures",
          "proxy");

  private static final String BASE = "io.tollwatch.";

  PackageOrder() {
    super("import only from packages above");
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    if (rank(item) < 0) {
      events.add(
          SimpleConditionEvent.violated(item, item.getName() + " is in no package of the order"));
    }
    item.getDirectDependenciesFromSelf().stream()
        .filter(use -> use.getTargetClass().getName().startsWith(BASE))
        .filter(use -> rank(use.getTargetClass()) > rank(item))
        .map(Dependency::getDescription)
        .forEach(use -> events.add(SimpleConditionEvent.violated(item, use)));
  }

  private static int rank(JavaClass type) {
    String name = type.getPackageName();
    String below = name.startsWith(BASE) ? name.substring(BASE.length()) : "";
    int dot = below.indexOf('.');
    return DOWN.indexOf(dot < 0 ? below : below.substring(0, dot));
  }
}
