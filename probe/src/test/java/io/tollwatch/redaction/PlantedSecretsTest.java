package io.tollwatch.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import io.tollwatch.fixtures.http.HeaderField;
import io.tollwatch.fixtures.secret.PlantedMessage;
import io.tollwatch.fixtures.secret.Search;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// P3: of secrets planted in messages of every kind, in every way to write them, nothing can be
/// found again in what is kept. How many messages: `-Dtollwatch.redaction.tries=1000000`.
class PlantedSecretsTest {

  private static final int SEEDS = 1000;
  private static final int MESSAGES =
      Math.max(1, Integer.getInteger("tollwatch.redaction.tries", 9_000) / SEEDS);

  private final Redactor redactor = Gateway.redactor();

  @Property(tries = SEEDS, shrinking = ShrinkingMode.OFF)
  void noneIsFoundInWhatIsKept(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < MESSAGES; i++) {
      PlantedMessage message = PlantedMessage.of(random);
      Search search = Search.strict(message.secrets());
      assertThat(search.find(message.body()))
          .as("the search sees what is there: %s", message)
          .isPresent();
      for (String kept : kept(message, random)) {
        assertThat(search.find(kept)).as("%s of %s", kept, message).isEmpty();
      }
    }
  }

  /// The body whole, cut, and under another type; the target; the fields.
  private List<String> kept(PlantedMessage message, Random random) {
    byte[] bytes = message.body().getBytes(StandardCharsets.UTF_8);
    Fields fields = Fields.of("Content-Type", message.contentType());
    for (HeaderField field : message.fields()) {
      fields = fields.plus(field.name(), field.value());
    }
    int cut = random.nextInt(bytes.length + 1);
    return List.of(
        redactor.body(Gateway.whole(bytes), fields).text(),
        redactor.body(Gateway.cut(bytes, cut), fields).text(),
        redactor.answerBody(Gateway.whole(bytes), Gateway.type("text/plain")).text(),
        redactor.target(message.target()),
        redactor.fields(fields).toString());
  }
}
