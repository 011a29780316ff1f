package io.tollwatch.checks.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollwatch.checks.message.Draft;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Values are put where they belong, and become nothing else there.
class TemplateTest {

  private static final Map<String, Value> VALUES =
      Map.of(
          "amount", new Value("100", true, false),
          "id", Value.of("a/../b?c=\"<{{amount}}>&"),
          "secret", new Value("s3cret", false, true));

  @Test
  void putsValuesInTheirPlacesAndLooksAtThemNoFurther() {
    assertThat(Template.of("x{{ amount }}-{{id}}").fill(TemplateTest::value, text -> text))
        .isEqualTo("x100-a/../b?c=\"<{{amount}}>&");
  }

  @Test
  void refusesPlacesWithoutAName() {
    for (String wrong : new String[] {"{{", "{{}}", "{{A}}", "{{a.b}}", "{{a}", "{{ a b }}"}) {
      assertThatThrownBy(() -> Template.of(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aValueNeverMakesAnotherPathOrParameter() {
    Draft draft =
        new RequestScript(
                "GET",
                Template.of("/v1/{{id}}/x"),
                Map.of("q", Template.of("{{id}}")),
                Map.of(),
                new RequestScript.Body.None(),
                Optional.empty())
            .fill(TemplateTest::value);
    assertThat(draft.target())
        .isEqualTo(
            "/v1/a%2F..%2Fb%3Fc%3D%22%3C%7B%7Bamount%7D%7D%3E%26/x"
                + "?q=a%2F..%2Fb%3Fc%3D%22%3C%7B%7Bamount%7D%7D%3E%26");
  }

  @Test
  void aNumberStaysOneInJsonAndTextIsEscaped() {
    JsonTemplate json =
        JsonTemplate.of(
            JsonMapper.shared()
                .readTree("{\"total\":\"{{amount}}\",\"id\":\"{{id}}\",\"list\":[1,true]}"));
    assertThat(json.fill(TemplateTest::value).toString())
        .isEqualTo("{\"total\":100,\"id\":\"a/../b?c=\\\"<{{amount}}>&\",\"list\":[1,true]}");
  }

  @Test
  void aHeaderTakesNoLineEnd() {
    RequestScript script =
        new RequestScript(
            "GET",
            Template.of("/"),
            Map.of(),
            Map.of("X", Template.of("{{id}}")),
            new RequestScript.Body.None(),
            Optional.empty());
    assertThatThrownBy(() -> script.fill(name -> Value.of("a\r\nHost: b")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSecretDoesNotShowItself() {
    assertThat(VALUES.get("secret")).hasToString("***");
  }

  private static Value value(String name) {
    return Objects.requireNonNull(VALUES.get(name), name);
  }
}
