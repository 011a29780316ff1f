package io.tollwatch.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.tollwatch.build.HouseRules;
import io.tollwatch.build.ProductCode;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds the rules against the whole product: all modules are on this one's class path.
class ArchitectureTest {

  private static final JavaClasses CODE = ProductCode.onClassPath();

  @ParameterizedTest
  @ValueSource(strings = {"timing", "checks", "fixtures", "proxy"})
  void seesAllModules(String name) {
    assertThat(CODE.containPackage("io.tollwatch." + name)).isTrue();
  }

  @TestFactory
  Stream<DynamicTest> keepsEachRule() {
    return HouseRules.all().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CODE)));
  }
}
