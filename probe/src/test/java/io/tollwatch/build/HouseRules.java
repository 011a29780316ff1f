package io.tollwatch.build;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/// The rules of the design that a machine can check, for all modules. Immutable.
///
/// A rule holds for what is there: packages that don't exist yet break nothing. That each rule can
/// fail is shown by [HouseRulesTest].
public final class HouseRules {

  private static final String PRODUCT = "io.tollwatch..";
  private static final String FIXTURES = "io.tollwatch.fixtures..";

  private HouseRules() {}

  /// Every rule, with its reason in its description.
  public static List<ArchRule> all() {
    return Stream.of(
            Stream.of(packageOrder(), fixturesStandAlone(), noCycles()),
            Confinement.ALL.stream().map(Confinement::rule),
            Stream.of(timeIsInjected(), consoleIsTheCommands(), noJavaLogging()),
            Stream.of(nullMarked(), domainNames()))
        .flatMap(rules -> rules)
        .map(rule -> rule.allowEmptyShould(true))
        .toList();
  }

  static ArchRule packageOrder() {
    return classes()
        .that(resideInAnyPackage(PRODUCT))
        .should(new PackageOrder())
        .as("packages import only from those above them: " + String.join(", ", PackageOrder.DOWN))
        .because("data flows one way, so that each step can be read without the later ones");
  }

  static ArchRule fixturesStandAlone() {
    return noClasses()
        .that(resideInAnyPackage(FIXTURES))
        .should()
        .dependOnClassesThat(resideInAnyPackage(PRODUCT).and(not(resideInAnyPackage(FIXTURES))))
        .as("fixtures depend on no other module")
        .because("a witness that shares code with the accused is none");
  }

  static ArchRule noCycles() {
    return slices()
        .matching("io.tollwatch.(**)")
        .should()
        .beFreeOfCycles()
        .as("packages are free of cycles")
        .because("packages in a cycle are one package with several names");
  }

  static ArchRule timeIsInjected() {
    return noClasses()
        .that(resideInAnyPackage(PRODUCT))
        .and(not(resideInAnyPackage(FIXTURES)))
        .and(not(TimeAccess.BY_AN_OWNER))
        .should()
        .accessTargetWhere(TimeAccess.DIRECT)
        .as("clocks are read and threads put to sleep only by " + TimeAccess.OWNERS)
        .because("with InstantSource and a nano clock injected, tests own the time");
  }

  static ArchRule consoleIsTheCommands() {
    return noClasses()
        .that(resideInAnyPackage(PRODUCT))
        .and(not(resideInAnyPackage("io.tollwatch.proxy.cli..")))
        .should()
        .accessTargetWhere(ConsoleAccess.DIRECT)
        .as("only io.tollwatch.proxy.cli writes to the console")
        .because("everything else may be redacted, rate-limited and kept only through the log");
  }

  static ArchRule noJavaLogging() {
    return noClasses()
        .that(resideInAnyPackage(PRODUCT))
        .and(not(resideInAnyPackage("io.tollwatch.proxy..", "io.tollwatch.fixtures..")))
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.util.logging.."))
        .as("below the proxy nobody knows java.util.logging")
        .because(
            "libraries log through SLF4J and the program chooses where that goes; fixtures only"
                + " silence the servers that they start");
  }

  static ArchRule nullMarked() {
    return classes()
        .that(resideInAnyPackage(PRODUCT))
        .should(new NullMarkedPackage())
        .as("every package is @NullMarked")
        .because("NullAway does not look at a package whose package-info is missing");
  }

  static ArchRule domainNames() {
    return noClasses()
        .that(resideInAnyPackage(PRODUCT))
        .should()
        .haveNameMatching(".*(Impl|Helper|Utils?|Manager)")
        .as("no class is an Impl, a Helper, a Util or a Manager")
        .because("types are named for what they are in the design's words");
  }
}
