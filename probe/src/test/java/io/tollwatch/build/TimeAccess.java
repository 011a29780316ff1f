package io.tollwatch.build;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/// What counts as reading a clock or sleeping, and who may.
final class TimeAccess {

  /// The only types that own real time; their nested types are part of them.
  static final Set<String> OWNERS =
      Set.of("io.tollwatch.wire.Watchdog", "io.tollwatch.proxy.SystemTime");

  static final DescribedPredicate<JavaClass> BY_AN_OWNER =
      describe("own real time", type -> OWNERS.contains(outermost(type).getName()));

  static final DescribedPredicate<JavaAccess<?>> DIRECT =
      describe("read a clock or sleep", access -> isDirect(access.getTarget()));

  private static final Set<String> METHODS =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.Thread.sleep",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.system",
          "java.time.Clock.tickMillis",
          "java.time.Clock.tickMinutes",
          "java.time.Clock.tickSeconds",
          "java.time.InstantSource.system",
          "java.util.Calendar.getInstance",
          "java.util.concurrent.TimeUnit.sleep",
          "java.util.concurrent.locks.LockSupport.parkNanos",
          "java.util.concurrent.locks.LockSupport.parkUntil");

  private TimeAccess() {}

  private static boolean isDirect(AccessTarget target) {
    String name = target.getOwner().getName() + "." + target.getName();
    return METHODS.contains(name) || isNow(target) || isNewDate(target);
  }

  /// `now()` and `now(ZoneId)` of all types of java.time; `now(Clock)` has its time injected.
  private static boolean isNow(AccessTarget target) {
    return target instanceof AccessTarget.CodeUnitAccessTarget method
        && method.getName().equals("now")
        && method.getOwner().getPackageName().startsWith("java.time")
        && method.getRawParameterTypes().stream()
            .noneMatch(type -> type.getName().equals("java.time.Clock"));
  }

  private static boolean isNewDate(AccessTarget target) {
    return target instanceof AccessTarget.ConstructorCallTarget constructor
        && constructor.getOwner().getName().equals("java.util.Date")
        && constructor.getRawParameterTypes().isEmpty();
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(TimeAccess::outermost).orElse(type);
  }
}
