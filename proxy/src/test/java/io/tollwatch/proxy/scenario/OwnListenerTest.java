package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.echo.EchoGateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Listeners of a provider of its own, without a prefix, so that a signed path stays as it is.
class OwnListenerTest {

  @TempDir static Path folder;
  private static EchoGateway gateway;
  private static EgressRig rig;

  @BeforeAll
  static void start() {
    gateway = EchoGateway.start();
    rig =
        EgressRig.start(
            folder,
            EgressRig.provider("plain", "generic", gateway.url(), "listen: {port: 0}"),
            EgressRig.provider(
                "secured", "generic", gateway.url(), "listen: {port: 0, tls: true}"));
  }

  @AfterAll
  static void stop() {
    rig.close();
    gateway.close();
  }

  @BeforeEach
  void clear() {
    gateway.book().clear();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/sink/v3/pay?a=b", "/plain/v1", "/secured/v1", "//evil.invalid/x", "/", "/?"})
  void takesTheWholePath(String target) throws IOException {
    try (EgressClient client = EgressClient.to(rig.listener("plain"))) {
      EgressClient.Got got = client.get(target).got();
      assertThat(got.field("Tollwatch-Provider")).isEqualTo("plain");
    }
    assertThat(gateway.book().requests().getFirst().target()).isEqualTo(target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "http://evil.invalid/x", "/a/../b", "/%2e%2e/b", "evil.invalid:443"})
  void refusesWhatIsNoPathUnderItsOwn(String target) throws IOException {
    try (EgressClient client = EgressClient.to(rig.listener("plain"))) {
      assertThat(client.get(target).got().status()).isEqualTo(400);
    }
    EgressRig.assertNothingSent(gateway);
  }

  @Test
  void servesTlsToClientsThatTrustTheLocalAuthorityOnly() throws Exception {
    URI listener = rig.listener("secured");
    assertThat(listener.getScheme()).isEqualTo("https");
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(trusting(folder.resolve("data/tls/ca.pem"))).build()) {
      for (String host : new String[] {"localhost", "127.0.0.1"}) {
        URI uri = URI.create("https://" + host + ":" + listener.getPort() + "/sink/v3?a=%20b");
        var request =
            HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString("a=b")).build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"bytes\":3");
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(answer.headers().firstValue("Tollwatch-Provider")).contains("secured");
      }
    }
    assertThat(gateway.book().requests())
        .hasSize(2)
        .allSatisfy(r -> assertThat(r.target()).isEqualTo("/sink/v3?a=%20b"));
  }

  private static SSLContext trusting(Path pem) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
