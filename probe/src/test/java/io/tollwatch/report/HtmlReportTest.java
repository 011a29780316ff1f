package io.tollwatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import nu.validator.client.EmbeddedValidator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The HTML of a hostile day, before a validator and, where one is installed, in a real Chromium.
class HtmlReportTest {

  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  /// The validator knows no hashes; that the one of the style is right is shown apart.
  private static final String DOES_NOT_KNOW_HASHES =
      "Inline style violates Content Security Policy";

  private static final EmbeddedValidator VALIDATOR = new EmbeddedValidator();

  @TempDir private static Path folder;
  private static DayLedger ledger;

  @BeforeAll
  static void fill() throws Exception {
    VALIDATOR.setOutputFormat(EmbeddedValidator.OutputFormat.JSON);
    ledger = new DayLedger(folder);
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  @ParameterizedTest
  @EnumSource(names = "EXCHANGES", mode = EnumSource.Mode.EXCLUDE)
  void isValid(ReportKind kind) throws Exception {
    String page = ledger.written(kind, ReportFormat.HTML);

    JsonNode messages =
        JsonMapper.shared()
            .readTree(
                VALIDATOR.validate(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8))))
            .path("messages");

    assertThat(messages.valueStream().map(message -> message.path("message").asString()))
        .allMatch(message -> message.startsWith(DOES_NOT_KNOW_HASHES));
  }

  @ParameterizedTest
  @EnumSource(names = "EXCHANGES", mode = EnumSource.Mode.EXCLUDE)
  void runsAndLoadsNothing(ReportKind kind) {
    String page = ledger.written(kind, ReportFormat.HTML);

    assertThat(page)
        .contains("Content-Security-Policy", "default-src &#39;none&#39;")
        .doesNotContainIgnoringCase("<script", "<img", "<link", "<iframe", "javascript:", "@import")
        .doesNotContainIgnoringCase("url(", " href=", " src=\"", "\u202e", "\u001b");
    assertThat(page.replaceAll("<style>[^<]*</style>", "")).doesNotContain("style=\"");
  }

  @Test
  void allowsItsOwnStyleByItsHash() throws Exception {
    String page = ledger.written(ReportKind.FAILURES, ReportFormat.HTML);
    String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));

    assertThat(page)
        .contains("style-src &#39;sha256-" + Base64.getEncoder().encodeToString(hash) + "&#39;");
  }

  @Test
  void showsWhatWasSaidAsItWasSaid() {
    assertThat(ledger.written(ReportKind.FAILURES, ReportFormat.HTML))
        .contains("&lt;img src=x onerror=alert(1)&gt;", "\\u202e\\u001b[31m");
  }

  /// All pages in one start of the browser, each in a frame of its own, where axe runs too.
  @Test
  void axeFindsNothingInChromium(@TempDir Path temp) throws Exception {
    Optional<Path> chromium = chromium();
    assumeThat(chromium).as("Chromium is installed: without it axe can't be run").isPresent();
    StringBuilder frames = new StringBuilder();
    for (ReportKind kind : PAGES) {
      String page =
          ledger
              .written(kind, ReportFormat.HTML)
              .replaceAll("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
              .replace("</body>", "<script>" + axe() + "</script>" + run(kind) + "</body>");
      frames.append(
          "<iframe width=1200 height=900 srcdoc=\"%s\"></iframe>\n"
              .formatted(page.replace("&", "&amp;").replace("\"", "&quot;")));
    }
    Path file = Files.writeString(temp.resolve("all.html"), HEARD + frames);

    String dom = dom(chromium.get(), file, temp);

    int from = dom.indexOf("<pre id=\"axe\">");
    assertThat(from).as("axe came to its end").isPositive();
    String found = dom.substring(from + 14, dom.indexOf("</pre>", from));
    assertThat(found.lines().sorted())
        .containsExactlyElementsOf(
            PAGES.stream()
                .map(kind -> kind.word() + ": rules passed, violations: ")
                .sorted()
                .toList());
  }

  private static final List<ReportKind> PAGES =
      List.copyOf(EnumSet.complementOf(EnumSet.of(ReportKind.EXCHANGES)));

  private static final String HEARD =
      """
      <!DOCTYPE html><title>all</title><pre id="axe"></pre>
      <script>addEventListener('message', event => {
        document.getElementById('axe').textContent += event.data + '\\n';
      });</script>
      """;

  /// Has axe look at the page, and tells whoever shows it what was found.
  private static String run(ReportKind kind) {
    return """
    <script>axe.run({resultTypes: ['violations']}).then(result => {
      parent.postMessage('%s: ' + (result.passes.length > 10 ? 'rules passed' : 'too few rules')
        + ', violations: ' + result.violations.map(v => v.id + ' '
        + v.nodes.slice(0, 3).map(n => n.html).join(' ')).join('; '), '*');
    });</script>
    """
        .formatted(kind.word());
  }

  private static Optional<Path> chromium() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String axe() throws IOException {
    try (InputStream script = HtmlReportTest.class.getResourceAsStream(AXE)) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String dom(Path chromium, Path file, Path temp) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    chromium.toString(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--user-data-dir=" + temp.resolve("profile"),
                    "--virtual-time-budget=20000",
                    "--dump-dom",
                    file.toUri().toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      ByteArrayOutputStream dom = new ByteArrayOutputStream();
      process.getInputStream().transferTo(dom);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return dom.toString(StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }
}
