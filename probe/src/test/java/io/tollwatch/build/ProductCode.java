package io.tollwatch.build;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/// The project's own classes, without tests.
public final class ProductCode {

  private ProductCode() {}

  /// Whatever of the product is on the class path: folders of classes and jars alike.
  public static JavaClasses onClassPath() {
    return new ClassFileImporter()
        .withImportOption(
            location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
        .importPackages("io.tollwatch");
  }
}
