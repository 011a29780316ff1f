package io.tollwatch.checks.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.checks.script.Finding;
import io.tollwatch.checks.script.PlainProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

/// Names are asked for at a real name server, resolver by resolver, and changes are told.
class NamesLookTest {

  private static final String HOST = "api.example.com";

  @TempDir private Path folder;
  private NameServerOnLoopback server;

  @BeforeEach
  void start() throws IOException {
    server = new NameServerOnLoopback();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Looked look(boolean steady, PlainProbe.Type type, String... among) {
    return new NamesLook(AnswerMemory.in(folder.resolve("dns.json")), System::nanoTime)
        .look(
            "check/names",
            new PlainProbe.Names(
                "names",
                Optional.of(HOST),
                type,
                List.of(server.resolver()),
                List.of(among),
                steady,
                Duration.ofSeconds(2)),
            HOST,
            Duration.ofMillis(500));
  }

  private Looked look(boolean steady) {
    return look(steady, PlainProbe.Type.A);
  }

  private static List<String> found(Looked looked) {
    return looked.findings().stream().map(Finding::found).toList();
  }

  @Test
  void tellsWhatANameStandsForAndWhatChangedSinceTheLastRun() {
    server.answer("192.0.2.1", "192.0.2.2");
    Looked first = look(true);
    assertThat(first.findings()).allMatch(Finding::holds);
    assertThat(first.facts().values()).containsExactly("192.0.2.1 192.0.2.2");
    server.answer("192.0.2.2", "192.0.2.3");
    Looked second = look(true);
    assertThat(found(second)).contains("new: 192.0.2.3, gone: 192.0.2.1");
    assertThat(second.findings().getLast().holds()).isFalse();
    assertThat(found(look(true))).contains("the same");
  }

  @Test
  void aChangeAloneIsNoFailureWhereNothingMustBeSteady() {
    server.answer("192.0.2.1");
    look(false);
    server.answer("192.0.2.3");
    Looked looked = look(false);
    assertThat(found(looked)).contains("new: 192.0.2.3, gone: 192.0.2.1");
    assertThat(looked.findings()).allMatch(Finding::holds);
  }

  @Test
  void anAnswerThatIsNotKnownFails() {
    server.answer("192.0.2.1", "203.0.113.9");
    Looked looked = look(false, PlainProbe.Type.A, "192.0.2.1", "192.0.2.2");
    assertThat(looked.findings())
        .anySatisfy(each -> {
          assertThat(each.holds()).isFalse();
          assertThat(each.found()).isEqualTo("203.0.113.9");
        });
  }

  @Test
  void tellsTheAliasWhereThatIsAskedFor() {
    assertThat(look(false, PlainProbe.Type.CNAME).facts().values())
        .containsExactly("edge.example.net.");
  }

  @Test
  void aNameServersErrorAndItsSilenceAreNamed() {
    server.fail(Rcode.NXDOMAIN);
    assertThat(found(look(false))).containsExactly("the error NXDOMAIN");
    server.fail(Rcode.NOERROR);
    assertThat(found(look(false))).containsExactly("nothing");
    server.beSilent();
    assertThat(look(false).findings())
        .singleElement()
        .satisfies(each -> assertThat(each.holds()).isFalse());
  }
}
