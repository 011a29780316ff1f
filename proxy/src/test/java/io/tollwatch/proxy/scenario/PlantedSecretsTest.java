package io.tollwatch.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.fixtures.fault.Fault;
import io.tollwatch.fixtures.http.Answer;
import io.tollwatch.fixtures.http.AnswerBody;
import io.tollwatch.fixtures.http.HeaderField;
import io.tollwatch.fixtures.secret.PlantedMessage;
import io.tollwatch.fixtures.secret.Search;
import io.tollwatch.fixtures.secret.Secret;
import io.tollwatch.ledger.store.ExchangeJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// P3 along the whole path: generated requests with planted secrets, answered by a gateway with
/// generated answers full of them, through a real sidecar. After it ended, every byte of its data
/// folder, and before that everything that it tells, is searched for all that was planted. How many
/// calls: `-Dtollwatch.redaction.calls=100000`; each is two messages.
class PlantedSecretsTest {

  private static final int CALLS = Integer.getInteger("tollwatch.redaction.calls", 150);
  private static final int MAX_PAGE = 200;
  private static final String NOTED = "4242 4242 4242 4242";
  private static final int BLOCK = 4 << 10;

  /// How much of a file is searched at once, and how much of it again with what follows.
  private static final int PIECE = 4 << 20;

  private static final int OVERLAP = 64 << 10;

  /// How many of the calls are exported too: each export has them all.
  private static final int EXPORTED = 1000;

  private static final List<String> EXPORTS =
      List.of(
          "exchanges?format=har",
          "exchanges?format=csv",
          "exchanges?format=jsonl",
          "failures?format=html",
          "failures?format=md",
          "in-doubt?format=html",
          "in-doubt?format=md");

  private static final List<Integer> STATUSES =
      List.of(200, 200, 201, 302, 400, 402, 409, 500, 503);

  @TempDir private Path folder;
  @TempDir private Path told;
  private MoneyRig rig;

  @BeforeEach
  void start() {
    rig = MoneyRig.start(folder, "response-timeout: 10s");
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void nothingThatWasPlantedIsFoundAnywhere() {
    Random random = new Random(20261125);
    List<Secret> planted = new ArrayList<>();
    // calls that name their provider go there nevertheless: all are in an incident
    assertThat(
            Admin.of(rig.data)
                .post(
                    "/api/breakers/open",
                    "{\"provider\":\"stripe\",\"reason\":\"the card %s\",\"who\":\"%s\",\"for\":\"1h\"}"
                        .formatted(NOTED, NOTED))
                .statusCode())
        .isEqualTo(200);
    for (int i = 0; i < CALLS; i++) {
      call(PlantedMessage.of(random), PlantedMessage.of(random), planted, random);
      if (i % MAX_PAGE == MAX_PAGE - 1 || i == CALLS - 1) {
        tell(i);
      }
    }
    rig.close();
    assertThat(rig.log).anyMatch(line -> line.contains("call_in_trouble"));
    told("log", String.join("\n", rig.log));

    Search search = Search.wide(planted);
    boolean seen = search(search, told, StandardCharsets.UTF_8);
    seen |= search(search, rig.data, StandardCharsets.ISO_8859_1);
    assertThat(seen).as("the search sees what is there").isTrue();
  }

  /// Searches every byte of a folder's files.
  ///
  /// @return whether they had what may be there
  private static boolean search(Search search, Path folder, Charset charset) {
    boolean seen = false;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = withoutZeros(Files.readAllBytes(file), charset);
        seen |= text.contains("pi_AbCdEfGh");
        assertThat(text.contains(NOTED)).as("what people wrote, in %s", file).isFalse();
        for (int at = 0; at < text.length(); at += PIECE) {
          int end = Math.min(at + PIECE + OVERLAP, text.length());
          assertThat(search.find(text.substring(at, end))).as("%s at %d", file, at).isEmpty();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return seen;
  }

  private void call(
      PlantedMessage request, PlantedMessage answer, List<Secret> planted, Random random) {
    int status = STATUSES.get(random.nextInt(STATUSES.size()));
    List<HeaderField> fields = new ArrayList<>(answer.fields());
    fields.add(new HeaderField("Content-Type", answer.contentType()));
    rig.stripe
        .faults()
        .next(Fault.instead(new Answer(status, fields, AnswerBody.of(answer.body()))));
    HttpRequest.Builder sent =
        HttpRequest.newBuilder(URI.create(rig.url("stripe") + request.target()))
            .POST(body(request.body().getBytes(StandardCharsets.UTF_8), random));
    if (!request.contentType().isEmpty()) {
      sent.header("Content-Type", request.contentType());
    }
    request.fields().forEach(field -> sent.header(field.name(), field.value()));
    Payments.send(sent);
    planted.addAll(request.secrets());
    planted.addAll(answer.secrets());
  }

  /// With a length, or in chunks of a few bytes.
  private static BodyPublisher body(byte[] bytes, Random random) {
    return random.nextInt(4) > 0
        ? BodyPublishers.ofByteArray(bytes)
        : BodyPublishers.ofInputStream(() -> new Dribble(bytes));
  }

  /// Gives seven bytes at a time.
  private static final class Dribble extends ByteArrayInputStream {
    Dribble(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, 7));
    }
  }

  /// All that a running sidecar says, to people, to programs and to metrics.
  private void tell(int call) {
    List<Exchange> exchanges = rig.exchanges();
    Admin admin = Admin.of(rig.data);
    told("metrics " + call, admin.get("/metrics").body());
    told("status " + call, admin.get("/api/status").body());
    told("api " + call, admin.get("/api/exchanges?limit=" + MAX_PAGE).body());
    told("one " + call, admin.get("/api/exchanges/" + exchanges.getFirst().id()).body());
    if (call < EXPORTED) {
      EXPORTS.forEach(path ->
          told(path.replace('?', ' ') + " " + call, admin.get("/api/reports/" + path).body()));
    }
    tellIncident(admin, call);
    told(
        "json " + call,
        exchanges.stream().map(ExchangeJson::write).collect(Collectors.joining("\n")));
  }

  /// A note with a card number, and all evidence of the incident.
  private void tellIncident(Admin admin, int call) {
    String incidents = admin.get("/api/reports/incidents?format=jsonl").body();
    told("incidents " + call, incidents);
    String id =
        JsonMapper.shared()
            .readTree(incidents.lines().findFirst().orElseThrow())
            .path("incident")
            .asString();
    String path = "/api/incidents/" + id;
    assertThat(
            admin
                .post(path + "/notes", "{\"who\":\"ada\",\"text\":\"the card was " + NOTED + "\"}")
                .statusCode())
        .isEqualTo(200);
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(admin.bytes(path + "/pack")))) {
      for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
        String text = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(text).doesNotContain(NOTED);
        told(each.getName() + " " + call, text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(told.resolve("provider-requests.csv " + call)).exists();
  }

  /// Puts it into a file until all is known that was planted.
  private void told(String what, String text) {
    try {
      Files.writeString(told.resolve(what), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The bytes as text, but for blocks of nothing but zeros: a journal has millions that were
  /// prepared and not used, and they would be most of what is searched.
  private static String withoutZeros(byte[] bytes, Charset charset) {
    byte[] zeros = new byte[BLOCK];
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at += BLOCK) {
      int end = Math.min(at + BLOCK, bytes.length);
      if (Arrays.equals(bytes, at, end, zeros, 0, end - at)) {
        written.write('|');
      } else {
        written.write(bytes, at, end - at);
      }
    }
    return written.toString(charset);
  }
}
