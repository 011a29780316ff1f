package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.fixtures.echo.EchoGateway;
import io.tollwatch.fixtures.echo.Noise;
import io.tollwatch.fixtures.http.BodyInput;
import io.tollwatch.fixtures.http.Head;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies that no heap could hold pass in bounded memory: they are larger than the heap of the
/// tests, which is also the gateway's. With `-Dtollwatch.test.mib=N` they are N MiB, and each way
/// is tried with each framing.
class BigBodiesTest {

  private static final boolean ALL = System.getProperty("tollwatch.test.mib") != null;
  private static final long BYTES = Long.getLong("tollwatch.test.mib", 640) << 20;

  @TempDir static Path folder;
  private static EchoGateway gateway;
  private static EgressRig rig;
  private static String sha256;

  /// How a client frames its upload.
  enum Upload {
    LENGTH,
    /// One chunk that is all of it.
    ONE_CHUNK
  }

  @BeforeAll
  static void start() {
    assertThat(Runtime.getRuntime().maxMemory()).as("a small heap").isLessThan(BYTES);
    gateway = EchoGateway.start();
    rig = EgressRig.start(folder, EgressRig.provider("echo", "generic", gateway.url()));
    sha256 = Noise.sha256(BYTES);
  }

  @AfterAll
  static void stop() {
    rig.close();
    gateway.close();
  }

  static Stream<Upload> uploads() {
    return ALL ? Stream.of(Upload.values()) : Stream.of(Upload.ONE_CHUNK);
  }

  @ParameterizedTest
  @MethodSource("uploads")
  void takesABigUpload(Upload upload) throws IOException {
    try (EgressClient client = rig.client()) {
      client.send("POST /echo/sink HTTP/1.1\r\nHost: localhost\r\n");
      switch (upload) {
        case LENGTH -> {
          client.send("Content-Length: " + BYTES + "\r\n\r\n");
          Noise.writeTo(client.out(), BYTES);
        }
        case ONE_CHUNK -> {
          client.send("Transfer-Encoding: chunked\r\n\r\n" + Long.toHexString(BYTES) + "\r\n");
          Noise.writeTo(client.out(), BYTES);
          client.send("\r\n0\r\n\r\n");
        }
      }
      assertThat(client.got().body())
          .isEqualTo("{\"bytes\":" + BYTES + ",\"sha256\":\"" + sha256 + "\"}");
    }
  }

  static Stream<String> downloads() {
    return ALL
        ? Stream.of("GET /echo/bytes/", "POST /echo/chunked/")
        : Stream.of("GET /echo/bytes/");
  }

  @ParameterizedTest
  @MethodSource("downloads")
  void takesABigDownload(String start) throws IOException {
    try (EgressClient client = rig.client()) {
      client.send(start + BYTES + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      Head head = client.head();
      assertThat(sha256(BodyInput.ofAnswer(head, client.in()))).isEqualTo(sha256);
    }
  }

  @Test
  void keepsOnlyTheirBeginning() throws IOException {
    try (EgressClient client = rig.client()) {
      client.get("/echo/bytes/1000000").got();
    }
    var outcome = rig.until(all -> all.getLast().outcome().isPresent()).getLast().outcome();
    var kept = outcome.orElseThrow().answer().orElseThrow().body();
    assertThat(kept.totalBytes()).isEqualTo(1_000_000);
    assertThat(kept.text().length()).isLessThanOrEqualTo(64 * 1024);
  }

  private static String sha256(BodyInput body) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      body.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
