package io.tollwatch.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;

/// Proves that NullAway and Error Prone stop the build. A compiler plugin that silently does
/// nothing looks just like clean code, so bad sources (text files, no part of any build) are given
/// to the `javac` of the running JDK with the arguments read from the root pom's compiler
/// configuration and with the same plugin jars. Each bad source compiles when the plugins are left
/// out.
class CanaryTest {

  private static final String ARGUMENTS =
      "//plugin[artifactId='maven-compiler-plugin']/configuration/compilerArgs/arg";

  /// For a compiler that has little to compile.
  private static final List<String> QUICK_START =
      List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC");

  @TempDir private Path folder = Path.of("");

  @Test
  void acceptsSoundSource() throws Exception {
    Outcome outcome = compile(List.of("Sound"), argumentsOfTheBuild());

    assertThat(outcome).isEqualTo(new Outcome(0, ""));
    assertThat(folder.resolve("classes/canary/Sound.class")).exists();
  }

  @Test
  void refusesBadSources() throws Exception {
    Outcome outcome =
        compile(
            List.of("NullDereferenced", "NullInGeneric", "ErrorIgnored"), argumentsOfTheBuild());

    assertThat(outcome.output())
        .containsPattern("NullDereferenced.java:\\d+: error: \\[NullAway] dereferenced")
        .containsPattern("NullInGeneric.java:\\d+: error: \\[NullAway]")
        .containsPattern("ErrorIgnored.java:\\d+: error: \\[ReturnValueIgnored]");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(folder.resolve("classes/canary")).doesNotExist();
  }

  @Test
  void refusesASourceWithNothingButAWarning() throws Exception {
    Outcome outcome = compile(List.of("WarningIgnored"), argumentsOfTheBuild());

    assertThat(outcome.output())
        .containsPattern("WarningIgnored.java:\\d+: warning: \\[DefaultCharset]");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(folder.resolve("classes/canary/WarningIgnored.class")).doesNotExist();
  }

  @Test
  void badSourcesAreBadToThePluginsOnly() throws Exception {
    List<String> withoutPlugins =
        argumentsOfTheBuild().stream().filter(arg -> !arg.startsWith("-Xplugin:")).toList();

    Outcome outcome =
        compile(
            List.of("NullDereferenced", "NullInGeneric", "ErrorIgnored", "WarningIgnored"),
            withoutPlugins);

    assertThat(outcome).isEqualTo(new Outcome(0, ""));
  }

  private record Outcome(int exitCode, String output) {}

  private Outcome compile(List<String> sources, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    command.addAll(QUICK_START);
    command.addAll(arguments);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("-processorpath", given("canary.processorpath")));
    command.addAll(List.of("-d", folder.resolve("classes").toString()));
    command.add(copied("package-info").toString());
    sources.forEach(source -> command.add(copied(source).toString()));

    Path log = folder.resolve("javac.log");
    Process javac =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Outcome(javac.waitFor(), Files.readString(log));
  }

  private Path copied(String source) {
    Path target = folder.resolve(source + ".java");
    try (InputStream text = CanaryTest.class.getResourceAsStream("canary/" + source + ".txt")) {
      Files.writeString(target, new String(Objects.requireNonNull(text).readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target;
  }

  private static List<String> argumentsOfTheBuild() throws Exception {
    var pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(given("canary.pom"));
    var args =
        (NodeList)
            XPathFactory.newInstance().newXPath().evaluate(ARGUMENTS, pom, XPathConstants.NODESET);
    assertThat(args.getLength()).as("compiler arguments in the root pom").isPositive();
    return IntStream.range(0, args.getLength())
        .mapToObj(i -> args.item(i).getTextContent())
        .toList();
  }

  private static String given(String property) {
    return Objects.requireNonNull(System.getProperty(property), "Maven sets " + property);
  }
}
