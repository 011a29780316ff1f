package io.tollwatch.proxy.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.proxy.config.ExportConfig;
import io.tollwatch.proxy.config.ExportConfig.Target;
import io.tollwatch.proxy.config.Secret;
import io.tollwatch.proxy.export.DueExports.Due;
import io.tollwatch.report.Day;
import io.tollwatch.report.ReportFormat;
import io.tollwatch.report.ReportKind;
import io.tollwatch.report.Reports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reports of two known days, brought to a folder and to a server that keeps what it is sent.
class DeliveryTest {

  private static final Instant DUE = Day.TODAY.until();
  private static final String SECRET = "a secret of this test";

  @TempDir private static Path data;
  @TempDir private Path folder;
  private static Store store;
  private static HttpServer server;
  private static final Map<String, String> HEARD = new ConcurrentHashMap<>();
  private static volatile int answer = 200;

  private final Delivery delivery = new Delivery(data, () -> DUE);

  @BeforeAll
  static void start() throws Exception {
    store = Store.embedded(data);
    Day.feed(store);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          HEARD.put(
              "body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> HEARD.put(name, values.getFirst()));
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
    store.close();
  }

  private static Reports reports() {
    return new Reports(store.reports(), "1.0", _ -> Optional.empty());
  }

  private static Due due(Target target) {
    return due(target, ReportFormat.CSV);
  }

  private static Due due(Target target, ReportFormat format) {
    return new Due(
        new ExportConfig(
            "daily",
            ReportKind.FAILURES,
            format,
            "0 6 * * *",
            ZoneOffset.UTC,
            Duration.ofHours(24),
            Optional.of("stripe-eu"),
            target),
        DUE,
        0);
  }

  private static Target webhook() {
    return new Target.Webhook(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/reports"),
        new Secret(SECRET));
  }

  private static List<String> files(Path folder) throws Exception {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(each -> each.getFileName().toString()).toList();
    }
  }

  @Test
  void writesAFileForEachTimeThatOnlyItsOwnerReads() throws Exception {
    Path target = folder.resolve("reports");

    assertThat(delivery.deliver(due(new Target.Folder(target)), reports())).isEmpty();

    Path file = target.resolve("daily-20260303T1000Z.csv");
    assertThat(files(target)).containsExactly(file.getFileName().toString());
    assertThat(Files.readString(file)).contains("stripe-eu").doesNotContain("adyen");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    Files.writeString(file, "seen");
    assertThat(delivery.deliver(due(new Target.Folder(target)), reports())).isEmpty();
    assertThat(file).hasContent("seen");
  }

  @Test
  void postsItSignedAsEventsAre() throws Exception {
    assertThat(delivery.deliver(due(webhook()), reports())).isEmpty();

    String id = HEARD.get("Webhook-id");
    assertThat(id).isEqualTo("export_daily_20260303T1000Z");
    assertThat(HEARD.get("Content-type")).startsWith("text/csv");
    String body = HEARD.get("body");
    assertThat(body).contains("stripe-eu");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signed =
        mac.doFinal(
            (id + "." + DUE.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8));
    assertThat(HEARD.get("Webhook-signature"))
        .isEqualTo("v1," + Base64.getEncoder().encodeToString(signed));
  }

  @Test
  void saysWhatWentWrongAndLeavesNothingHalf() throws Exception {
    answer = 500;
    try {
      assertThat(delivery.deliver(due(webhook()), reports()).orElseThrow())
          .contains("answered 500");
    } finally {
      answer = 200;
    }
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(delivery.deliver(due(new Target.Folder(file)), reports())).isPresent();
    assertThat(files(data)).noneMatch(name -> name.endsWith(".part"));
    assertThat(files(folder)).containsExactly("file");
  }

  /// Most of it is on the disk when it fails.
  @Test
  void whatFailsInTheMiddleLeavesNothingAndIsMadeWholeTheNextTime() throws Exception {
    List<String> asked = new ArrayList<>();
    Reports failing =
        new Reports(
            store.reports(),
            "1.0",
            provider -> {
              asked.add(provider);
              if (asked.size() > 30) {
                throw new UncheckedIOException(new IOException("No space left on device"));
              }
              return Optional.empty();
            });
    Due due = due(new Target.Folder(folder), ReportFormat.HAR);

    assertThat(delivery.deliver(due, failing).orElseThrow()).contains("No space left");
    assertThat(asked).as("it had begun").hasSizeGreaterThan(30);
    assertThat(files(folder)).isEmpty();

    assertThat(delivery.deliver(due, reports())).isEmpty();
    assertThat(files(folder)).containsExactly("daily-20260303T1000Z.har");
    assertThat(Files.readString(folder.resolve("daily-20260303T1000Z.har"))).endsWith("]}}\n");
  }
}
