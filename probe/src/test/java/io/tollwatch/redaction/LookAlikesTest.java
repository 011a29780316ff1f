package io.tollwatch.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Every secret of the corpus `look-alikes.tsv` is masked, and hardly anything else is.
class LookAlikesTest {

  /// What is masked without need costs a lookup by hand; what is missed costs a card.
  private static final double LEAST_PRECISION = 0.95;

  private final Redactor redactor = Gateway.redactor();

  /// One line of the corpus.
  record Look(boolean secret, String what, String text) {}

  @Test
  void everySecretIsMaskedAndHardlyAnythingElse() throws IOException {
    List<String> missed = new ArrayList<>();
    List<String> needless = new ArrayList<>();
    int masked = 0;
    List<Look> corpus = corpus();
    for (Look look : corpus) {
      boolean stays = redactor.text("it was " + look.text() + " there").contains(look.text());
      masked += look.secret() && !stays ? 1 : 0;
      if (look.secret() && stays) {
        missed.add(look.what());
      } else if (!look.secret() && !stays) {
        needless.add(look.what());
      }
    }
    long secrets = corpus.stream().filter(Look::secret).count();
    double recall = (double) masked / secrets;
    double precision = (double) masked / (masked + needless.size());
    // what a test prints is part of its report
    System.out.printf(
        "look-alikes: %d texts, recall %.3f, precision %.3f, masked without need: %s%n",
        corpus.size(), recall, precision, needless);

    assertThat(missed).isEmpty();
    assertThat(recall).isEqualTo(1.0);
    assertThat(precision).as("masked without need: %s", needless).isGreaterThan(LEAST_PRECISION);
    assertThat(corpus.size() - secrets).as("harmless texts").isGreaterThan(50);
  }

  @Test
  void eachIsTheSameInJsonAndInAForm() throws IOException {
    for (Look look : corpus()) {
      String text = look.text().replace("\\", "\\\\").replace("\"", "\\\"");
      String json = Gateway.kept("application/json", "{\"note\":\"" + text + "\"}");
      String form = redactor.target("/x?note=" + Percent.encode(look.text()));
      boolean stays = redactor.text(look.text()).equals(look.text());
      assertThat(json.contains(text)).as("%s in %s", look.what(), json).isEqualTo(stays);
      assertThat(Percent.decode(form, true).contains(look.text()))
          .as("%s in %s", look.what(), form)
          .isEqualTo(stays);
    }
  }

  private static List<Look> corpus() throws IOException {
    try (InputStream in = LookAlikesTest.class.getResourceAsStream("look-alikes.tsv")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(cell -> new Look(cell[0].equals("mask"), cell[1], cell[2]))
          .toList();
    }
  }
}
