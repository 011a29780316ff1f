package io.tollwatch.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds the rules against this module and the fixtures; the proxy's tests hold them against all.
class ArchitectureTest {

  private static final JavaClasses CODE = ProductCode.onClassPath();

  @Test
  void seesTheModule() {
    assertThat(CODE.containPackage("io.tollwatch.timing")).isTrue();
    assertThat(CODE.containPackage("io.tollwatch.fixtures")).isTrue();
    assertThat(CODE.containPackage("io.tollwatch.build")).as("tests").isFalse();
  }

  @TestFactory
  Stream<DynamicTest> keepsEachRule() {
    return HouseRules.all().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CODE)));
  }
}
