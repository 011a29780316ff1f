package io.tollwatch.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Breaks each rule once, with class files written for it: a rule that can't fail guards nothing.
class HouseRulesTest {

  private static final String TIMING = "io.tollwatch.timing.Bad";

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "io.tollwatch.timing.Bad,         io.tollwatch.attempt.Attempt",
    "io.tollwatch.taxonomy.Bad,       io.tollwatch.verdict.Verdict",
    "io.tollwatch.ledger.journal.Bad, io.tollwatch.dispatch.Dispatcher",
    "io.tollwatch.report.Bad,         io.tollwatch.checks.Check",
    "io.tollwatch.checks.Bad,         io.tollwatch.fixtures.Gateway",
    "io.tollwatch.checks.Bad,         io.tollwatch.proxy.Sidecar",
    "io.tollwatch.stray.Bad,          java.lang.String"
  })
  void refusesLookingDown(String name, String used) {
    assertThat(broken(HouseRules.packageOrder(), BadClass.holding(name, used))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "io.tollwatch.attempt.Good,      io.tollwatch.timing.Phase",
    "io.tollwatch.attempt.Good,      io.tollwatch.attempt.Attempt",
    "io.tollwatch.ledger.Good,       io.tollwatch.ledger.journal.Journal",
    "io.tollwatch.proxy.cli.Good,    io.tollwatch.fixtures.Gateway"
  })
  void acceptsLookingUp(String name, String used) {
    assertThat(broken(HouseRules.packageOrder(), BadClass.holding(name, used))).isEmpty();
  }

  @Test
  void refusesFixturesThatKnowTheProduct() {
    var bad = BadClass.holding("io.tollwatch.fixtures.Bad", "io.tollwatch.attempt.Attempt");

    assertThat(broken(HouseRules.fixturesStandAlone(), bad)).isNotEmpty();
  }

  @Test
  void refusesCyclesBetweenPackages() {
    var there = BadClass.holding("io.tollwatch.ledger.Bad", "io.tollwatch.ledger.journal.Bad");
    var andBack = BadClass.holding("io.tollwatch.ledger.journal.Bad", "io.tollwatch.ledger.Bad");

    assertThat(broken(HouseRules.noCycles(), there)).isEmpty();
    assertThat(broken(HouseRules.noCycles(), there, andBack)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "io.helidon.webserver.WebServer,                           io.tollwatch.proxy.Good",
    "picocli.CommandLine,                                      io.tollwatch.proxy.cli.Good",
    "com.github.tomakehurst.wiremock.WireMockServer,           io.tollwatch.fixtures.Good",
    "org.wiremock.webhooks.Webhooks,                           io.tollwatch.fixtures.Good",
    "org.apache.hc.core5.http.HttpException,                   io.tollwatch.wire.Good",
    "org.apache.hc.core5.http.HttpException,                   io.tollwatch.fixtures.Good",
    "io.github.resilience4j.circuitbreaker.CircuitBreaker,     io.tollwatch.health.Good",
    "java.sql.Connection,                                      io.tollwatch.ledger.Good",
    "javax.sql.DataSource,                                     io.tollwatch.ledger.h2.Good",
    "org.h2.jdbcx.JdbcConnectionPool,                          io.tollwatch.ledger.Good"
  })
  void keepsLibrariesWhereTheyBelong(String type, String home) {
    assertThat(strays(BadClass.holding(home, type))).isEmpty();
    assertThat(strays(BadClass.holding(TIMING, type))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "java.lang.System,                        nanoTime,          ()J",
    "java.lang.System,                        currentTimeMillis, ()J",
    "java.lang.Thread,                        sleep,             (J)V",
    "java.lang.Thread,                        sleep,             (Ljava/time/Duration;)V",
    "java.time.Instant,                       now,               ()Ljava/time/Instant;",
    "java.time.LocalDate,                     now,               ()Ljava/time/LocalDate;",
    "java.time.LocalDateTime,  now, (Ljava/time/ZoneId;)Ljava/time/LocalDateTime;",
    "java.time.Clock,                         systemUTC,         ()Ljava/time/Clock;",
    "java.time.InstantSource,                 system,            ()Ljava/time/InstantSource;",
    "java.util.concurrent.locks.LockSupport,  parkNanos,         (J)V"
  })
  void refusesTimeTakenDirectly(String owner, String method, String signature) {
    var type = MethodTypeDesc.ofDescriptor(signature);

    assertThat(broken(HouseRules.timeIsInjected(), BadClass.calling(TIMING, owner, method, type)))
        .isNotEmpty();
  }

  @Test
  void refusesTimeTakenByOtherWays() {
    var sleeping =
        BadClass.sending(
            TIMING, "java.util.concurrent.TimeUnit", "sleep", MethodTypeDesc.ofDescriptor("(J)V"));

    assertThat(broken(HouseRules.timeIsInjected(), sleeping)).isNotEmpty();
    assertThat(broken(HouseRules.timeIsInjected(), BadClass.making(TIMING, "java.util.Date")))
        .isNotEmpty();
    assertThat(broken(HouseRules.timeIsInjected(), imported(Referring.class))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.tollwatch.wire.Watchdog",
        "io.tollwatch.proxy.SystemTime",
        "io.tollwatch.fixtures.SlowDrip"
      })
  void acceptsTimeTakenByItsOwners(String owner) {
    var asking =
        BadClass.calling(owner, "java.lang.System", "nanoTime", MethodTypeDesc.ofDescriptor("()J"));

    assertThat(broken(HouseRules.timeIsInjected(), asking)).isEmpty();
  }

  @Test
  void acceptsTimeFromAnInjectedClock() {
    var asking =
        BadClass.calling(
            TIMING,
            "java.time.Instant",
            "now",
            MethodTypeDesc.ofDescriptor("(Ljava/time/Clock;)Ljava/time/Instant;"));

    assertThat(broken(HouseRules.timeIsInjected(), asking)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"out", "err"})
  void refusesTheConsoleToAllButTheCommands(String stream) {
    var bad = BadClass.reading(TIMING, "java.lang.System", stream, "java.io.PrintStream");
    var good =
        BadClass.reading(
            "io.tollwatch.proxy.cli.Good", "java.lang.System", stream, "java.io.PrintStream");

    assertThat(broken(HouseRules.consoleIsTheCommands(), bad)).isNotEmpty();
    assertThat(broken(HouseRules.consoleIsTheCommands(), good)).isEmpty();
  }

  @Test
  void refusesPrintedStackTraces() {
    var bad =
        BadClass.sending(
            TIMING, "java.lang.Throwable", "printStackTrace", MethodTypeDesc.ofDescriptor("()V"));

    assertThat(broken(HouseRules.consoleIsTheCommands(), bad)).isNotEmpty();
  }

  @Test
  void refusesJavaLoggingBelowTheProxy() {
    var bad = BadClass.holding(TIMING, "java.util.logging.Logger");

    assertThat(broken(HouseRules.noJavaLogging(), bad)).isNotEmpty();
  }

  @Test
  void refusesPackagesWithoutNullMarked() {
    assertThat(broken(HouseRules.nullMarked(), BadClass.empty(TIMING))).isNotEmpty();
    assertThat(broken(HouseRules.nullMarked(), ProductCode.onClassPath())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PhaseImpl", "PhaseHelper", "PhaseUtil", "PhaseUtils", "PhaseManager"})
  void refusesNamesThatSayNothing(String name) {
    var bad = BadClass.empty("io.tollwatch.timing." + name);

    assertThat(broken(HouseRules.domainNames(), bad)).isNotEmpty();
  }

  @Test
  void givesEachRuleItsReason() {
    assertThat(HouseRules.all())
        .hasSize(8 + Confinement.ALL.size())
        .allSatisfy(rule -> assertThat(rule.getDescription()).contains(", because "));
  }

  private static final class Referring implements LongSupplier {
    private final LongSupplier nanos = System::nanoTime;

    @Override
    public long getAsLong() {
      return nanos.getAsLong();
    }
  }

  private List<String> strays(BadClass bad) {
    return Confinement.ALL.stream()
        .flatMap(confinement -> broken(confinement.rule(), bad).stream())
        .toList();
  }

  private List<String> broken(ArchRule rule, BadClass... classes) {
    List<Path> files = Stream.of(classes).map(bad -> bad.writtenTo(folder)).toList();
    // Looking up what they use takes a quarter of a second; its name is all that a rule asks for.
    return ArchConfiguration.withThreadLocalScope(scope -> {
      scope.setResolveMissingDependenciesFromClassPath(false);
      return broken(rule, new ClassFileImporter().importPaths(files));
    });
  }

  private static List<String> broken(ArchRule rule, JavaClasses classes) {
    return rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails();
  }

  private static JavaClasses imported(Class<?> type) {
    return new ClassFileImporter().importClasses(type);
  }
}
