package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.book.ReceivedRequest;
import io.tollwatch.fixtures.echo.EchoGateway;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// Whatever the target says, the connection goes to the provider's configured host and under its
/// base path, or nothing is sent. A second gateway, whose address is in many targets, sees nothing.
class TargetPropertiesTest {

  private static final List<Integer> REFUSALS = List.of(400, 404, 414, 431);

  private static Path folder = Path.of("");
  private static EchoGateway gateway;
  private static EchoGateway elsewhere;
  private static EgressRig rig;

  @BeforeContainer
  static void start() throws IOException {
    folder = Files.createTempDirectory("targets");
    gateway = EchoGateway.start();
    elsewhere = EchoGateway.start();
    rig =
        EgressRig.start(folder, EgressRig.provider("shop", "generic", gateway.url() + "/base/v1/"));
  }

  @AfterContainer
  static void stop() throws IOException {
    rig.close();
    gateway.close();
    elsewhere.close();
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  @Provide
  Arbitrary<String> targets() {
    String address = elsewhere.url().substring("http://".length());
    Arbitrary<String> piece =
        Arbitraries.of(
            "shop",
            "/shop",
            "/shop/",
            "/",
            "//",
            "\\",
            "/\\",
            ".",
            "..",
            "/..",
            "../",
            "..;/",
            "..;a=b/",
            "%2e",
            "%2E%2e",
            "%252e",
            "%25252e%25252e",
            "%2f",
            "%5c",
            "%00",
            "%",
            "%2",
            ";",
            "@",
            ":",
            "?",
            "#",
            "*",
            "&",
            "[",
            "]",
            "{",
            "|",
            "~",
            "a",
            "v1",
            "base",
            "http://",
            "HTTP:",
            "//" + address,
            "@" + address,
            address,
            "/%2f%2f" + address,
            "http://" + address + "/",
            "user@",
            "localhost",
            "\t",
            "\r",
            "\n",
            "\0",
            "\u0001",
            "\u007f",
            "\u0080",
            "\u00ff",
            ".\u00ad.",
            "%c0%ae",
            "%u002e",
            "a".repeat(9000));
    Arbitrary<String> noise = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(6);
    return Arbitraries.frequencyOf(Tuple.of(9, piece), Tuple.of(1, noise))
        .list()
        .ofMaxSize(7)
        .map(pieces -> String.join("", pieces))
        .flatMap(rest -> Arbitraries.of("/shop/", "/shop", "", "/").map(start -> start + rest));
  }

  @Property(tries = 600)
  void goesUnderTheBasePathOrNowhere(@ForAll("targets") String target) throws IOException {
    gateway.book().clear();
    int status;
    try (EgressClient client = rig.client()) {
      client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      status = client.got().status();
    }
    List<ReceivedRequest> received = gateway.book().requests();
    if (received.isEmpty()) {
      assertThat(status).isIn(REFUSALS);
    } else {
      assertThat(received).hasSize(1);
      String arrived = received.getFirst().target();
      assertThat(arrived).startsWith("/base/v1/");
      assertThat("/shop" + arrived.substring("/base/v1".length()))
          .as("byte for byte, but for the slash of an empty path")
          .isIn(target, target.replaceFirst("^/shop", "/shop/"));
      assertStaysUnder(arrived);
    }
    assertThat(elsewhere.book().connections()).isZero();
  }

  /// However often a server decodes, and whatever it takes for a separator.
  private static void assertStaysUnder(String target) {
    String path = target.split("\\?", 2)[0];
    for (int round = 0; round < 4; round++) {
      for (String segment : path.split("[/\\\\]", -1)) {
        assertThat(segment.split(";", 2)[0]).isNotIn(".", "..");
      }
      path = decoded(path);
    }
  }

  private static String decoded(String path) {
    String whole = path.replaceAll("%(?![0-9a-fA-F]{2})", "%25").replace("+", "%2B");
    return URLDecoder.decode(whole, StandardCharsets.ISO_8859_1);
  }
}
