package io.tollwatch.build;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/// A class's own package, not a parent of it, is marked: Java packages don't nest. Immutable.
final class NullMarkedPackage extends ArchCondition<JavaClass> {

  NullMarkedPackage() {
    super("be in a package marked @NullMarked");
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
    events.add(
        new SimpleConditionEvent(
            item, marked, "the package of " + item.getName() + " is not @NullMarked"));
  }
}
