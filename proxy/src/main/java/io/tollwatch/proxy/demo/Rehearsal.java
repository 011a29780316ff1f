package io.tollwatch.proxy.demo;

import io.tollwatch.fixtures.gateway.FakeAdyen;
import io.tollwatch.fixtures.gateway.FakeAlipay;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.fixtures.gateway.GatewayOptions;
import io.tollwatch.fixtures.tls.ThrowawayCa;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A sidecar in a process of its own that is started, called, looked at and ended, so that its JVM
/// can write down what it loaded and linked meanwhile (JEP 514). The fake gateways stay outside of
/// that process: what only they need was a fifth of what it wrote down, and each sidecar held it in
/// memory ever after.
///
/// One gateway is called with TLS, as the real ones are. Confined to one thread.
public final class Rehearsal implements AutoCloseable {

  private static final long MAX_END_SECONDS = 300;

  private final FakeStripe stripe;
  private final FakeAdyen adyen;
  private final FakeAlipay alipay;
  private final Path folder;

  private Rehearsal(FakeStripe stripe, FakeAdyen adyen, FakeAlipay alipay, Path folder) {
    this.stripe = stripe;
    this.adyen = adyen;
    this.alipay = alipay;
    this.folder = folder;
  }

  /// Starts the gateways, and writes what the sidecar has to know.
  ///
  /// @param folder where each sidecar finds its configuration and leaves its ledger
  public static Rehearsal prepare(Path folder) throws IOException {
    ThrowawayCa authority = ThrowawayCa.create("rehearsal");
    Rehearsal rehearsal =
        new Rehearsal(
            FakeStripe.start(GatewayOptions.tls(authority.server().serverContext())),
            FakeAdyen.start(),
            FakeAlipay.start(),
            Files.createTempDirectory(Files.createDirectories(folder), "run-").toAbsolutePath());
    Files.writeString(
        rehearsal.file(), rehearsal.configuration(authority.writePem(rehearsal.folder)));
    return rehearsal;
  }

  /// Plays it.
  ///
  /// @param launcher the command that starts `tollwatch`
  /// @param javaOptions for the sidecar's JVM
  /// @throws IOException if the sidecar did not start, answer or end as it should
  public void play(Path launcher, String javaOptions) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
                launcher.toAbsolutePath().toString(), "run", "--config", file().toString())
            .redirectError(folder.resolve("stderr.txt").toFile());
    command.environment().put("TOLLWATCH_JAVA_OPTS", javaOptions);
    Process sidecar = command.start();
    try (BufferedReader lines = sidecar.inputReader()) {
      URI admin = address(lines, "admin listens on ", "");
      visit(address(lines, "call a provider at ", "/<provider>/..."), admin);
      sidecar.toHandle().destroy(); // which leaves the pipe: it writes on, to a reader
      lines.lines().forEach(_ -> {});
      end(sidecar);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      sidecar.destroyForcibly();
    }
  }

  @Override
  public void close() {
    stripe.close();
    adyen.close();
    alipay.close();
  }

  private Path file() {
    return folder.resolve("tollwatch.yaml");
  }

  private String configuration(Path authority) {
    return """
    data: "%s"
    egress: {port: 0}
    admin: {port: 0}
    providers:
      stripe: {url: "%s", trust: "%s"}
      adyen: {url: "%s"}
      alipay: {url: "%s"}
    """
        .formatted(folder.resolve("data"), stripe.tlsUrl(), authority, adyen.url(), alipay.url());
  }

  private void visit(URI egress, URI admin) throws IOException, InterruptedException {
    try (DemoClient client = new DemoClient(egress)) {
      for (DemoCall call : new DemoCalls(new AlipayRequests(alipay.appPrivateKey())).unspoiled()) {
        checkAnswered(call, client.make(call));
      }
    }
    try (HttpClient scraper = HttpClient.newHttpClient()) {
      for (String path : List.of("/health/ready", "/metrics")) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(admin + path)).build();
        int status = scraper.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200) {
          throw new IOException("%s was answered with %d".formatted(path, status));
        }
      }
    }
  }

  /// A call that the sidecar had to answer itself has rehearsed too little, such as no TLS.
  private static void checkAnswered(DemoCall call, HttpResponse<Void> answer) throws IOException {
    String content = answer.headers().firstValue("Content-Type").orElse("");
    if (content.startsWith("application/problem+json")) {
      String category = answer.headers().firstValue("Tollwatch-Category").orElse("unknown");
      throw new IOException(
          "%s did not get through: %d, %s".formatted(call.target(), answer.statusCode(), category));
    }
  }

  private static URI address(BufferedReader lines, String before, String after) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int at = line.indexOf(before);
      if (at >= 0 && line.endsWith(after)) {
        return URI.create(line.substring(at + before.length(), line.length() - after.length()));
      }
    }
    throw new IOException("the sidecar did not start");
  }

  private static void end(Process sidecar) throws IOException, InterruptedException {
    if (!sidecar.waitFor(MAX_END_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the sidecar did not end");
    }
    if (sidecar.exitValue() != 0) {
      throw new IOException("the sidecar ended with " + sidecar.exitValue());
    }
  }
}
