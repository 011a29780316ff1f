package io.tollwatch.build;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/// A library and the only places that may know its types. Immutable.
///
/// @param library what to call it
/// @param types its packages, as ArchUnit writes them
/// @param homes our packages that may use it
record Confinement(String library, List<String> types, List<String> homes) {

  static final List<Confinement> ALL =
      List.of(
          new Confinement("Helidon", List.of("io.helidon.."), List.of("io.tollwatch.proxy..")),
          new Confinement("picocli", List.of("picocli.."), List.of("io.tollwatch.proxy..")),
          new Confinement(
              "WireMock",
              List.of("com.github.tomakehurst.wiremock..", "org.wiremock.."),
              List.of("io.tollwatch.fixtures..")),
          new Confinement(
              "HttpClient",
              List.of("org.apache.hc.client5.."),
              List.of("io.tollwatch.wire..", "io.tollwatch.fixtures..")),
          // its parser also reads what callers send: one strict reading of HTTP/1 for both sides
          new Confinement(
              "HttpCore",
              List.of("org.apache.hc.core5.."),
              List.of(
                  "io.tollwatch.wire..", "io.tollwatch.fixtures..", "io.tollwatch.proxy.http1..")),
          new Confinement(
              "JSON Schema", List.of("com.networknt.."), List.of("io.tollwatch.document..")),
          new Confinement(
              "the YAML parser", List.of("org.snakeyaml.."), List.of("io.tollwatch.document..")),
          new Confinement(
              "Resilience4j",
              List.of("io.github.resilience4j.."),
              List.of("io.tollwatch.health..")),
          new Confinement(
              "JDBC",
              List.of("java.sql..", "org.h2..", "org.postgresql.."),
              List.of("io.tollwatch.ledger..")),
          // the ledger hands its connections to the scheduler of checks
          new Confinement(
              "DataSource",
              List.of("javax.sql.."),
              List.of("io.tollwatch.ledger..", "io.tollwatch.checks.scheduler..")),
          new Confinement(
              "db-scheduler",
              List.of("com.github.kagkarlsson.."),
              List.of("io.tollwatch.checks.scheduler..")),
          new Confinement(
              "Flyway", List.of("org.flywaydb.."), List.of("io.tollwatch.ledger.store..")),
          new Confinement(
              "HikariCP", List.of("com.zaxxer.hikari.."), List.of("io.tollwatch.ledger.store..")),
          new Confinement(
              "cron-utils", List.of("com.cronutils.."), List.of("io.tollwatch.calendar..")),
          new Confinement(
              "HdrHistogram",
              List.of("org.HdrHistogram.."),
              List.of("io.tollwatch.report.figures..", "io.tollwatch.health..")),
          new Confinement(
              "Commons Statistics",
              List.of("org.apache.commons.statistics.."),
              List.of("io.tollwatch.report.figures..", "io.tollwatch.routing..")),
          new Confinement("dnsjava", List.of("org.xbill.DNS.."), List.of("io.tollwatch.checks..")),
          new Confinement("JTE", List.of("gg.jte.."), List.of("io.tollwatch.report.write..")),
          new Confinement(
              "FastCSV", List.of("de.siegmar.fastcsv.."), List.of("io.tollwatch.report.write..")));

  ArchRule rule() {
    return noClasses()
        .that(resideInAnyPackage("io.tollwatch.."))
        .and(not(resideInAnyPackage(homes.toArray(String[]::new))))
        .should()
        .dependOnClassesThat(resideInAnyPackage(types.toArray(String[]::new)))
        .as(library + " is known only to " + String.join(" and ", homes))
        .because("a library that stays in one place can be replaced in one place");
  }
}
