package io.tollwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.tollwatch.attempt.Fields;
import io.tollwatch.profile.Content.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths into lists, into any depth and into XML, and the other places.
class BodyPathTest {

  private static final String BRAINTREE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <api-error-response xmlns:x="urn:x">
        <errors>
          <errors type="array"/>
          <transaction>
            <errors type="array"><error><code>81528</code></error></errors>
            <credit-card>
              <errors type="array">
                <x:error><code>81715</code><message>a &amp; b</message></x:error>
                <error><code><![CDATA[81703]]></code></error>
              </errors>
            </credit-card>
          </transaction>
        </errors>
      </api-error-response>
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$.errors[*].code | A B C",
        "$.errors[*].category | X",
        "$.codes[*] | one two",
        "$.one[*].code | only",
        "$.groups[*].captures[*].status | s1 s2 s3",
        "$..code | A B C only deep",
        "$..captures[*].status | s1 s2 s3",
        "$.errors.code | ''",
        "$.none[*].code | ''",
      })
  void readsEveryElementInOrder(String place, String texts) {
    String body =
        "{\"errors\":[{\"code\":\"A\"},{\"code\":\"B\",\"category\":\"X\"},{\"code\":\"C\"},7],"
            + "\"codes\":[\"one\",\"\",null,\"two\"],\"one\":{\"code\":\"only\"},"
            + "\"groups\":[{\"captures\":[{\"status\":\"s1\"},{\"status\":\"s2\"}]},"
            + "{\"captures\":{\"status\":\"s3\"}}],\"x\":{\"y\":{\"code\":\"deep\"}}}";
    assertThat(String.join(" ", texts(Content.ofAnswer(body), place))).isEqualTo(texts);
  }

  @Test
  void leadsIntoXmlAsIntoJson() {
    Content content = Content.ofAnswer(BRAINTREE, Set.of(Kind.XML));
    assertThat(content.kind()).isEqualTo(Kind.XML);
    assertThat(texts(content, "$..error[*].code")).containsExactly("81528", "81715", "81703");
    assertThat(texts(content, "$..error[*].message")).containsExactly("a & b");
    assertThat(texts(content, "$.api-error-response.errors.transaction.errors.error.code"))
        .containsExactly("81528");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>",
        "<!DOCTYPE a [<!ENTITY e \"ha\">]><a>&e;</a>",
        "<a>&e;</a>",
        "<a><b></a>",
        "<a>1</a><a>2</a>",
        "<a",
        "<"
      })
  void brokenXmlAndAnyDocumentTypeSayNothing(String text) {
    assertThat(Content.ofAnswer(text, Set.of(Kind.XML)).kind()).isEqualTo(Kind.OTHER);
  }

  @Test
  void aPageIsAPageWhereXmlMayComeToo() {
    for (String page : List.of("<!doctype HTML><p>", "<HTML><body></body></HTML>")) {
      assertThat(Content.ofAnswer(page, Set.of(Kind.XML)).kind()).isEqualTo(Kind.MARKUP);
    }
    assertThat(Content.ofAnswer("<a>1</a>").kind()).isEqualTo(Kind.MARKUP);
  }

  @Test
  void oneXmlElementTwiceIsAListAndNoText() {
    Content content = Content.ofAnswer("<xml><r>FAIL</r><r>SUCCESS</r></xml>", Set.of(Kind.XML));
    assertThat(texts(content, "$.xml.r")).isEmpty();
    assertThat(texts(content, "$.xml.r[*]")).containsExactly("FAIL", "SUCCESS");
  }

  @Test
  void deepAndWideXmlIsNotRead() {
    String deep = "<a>".repeat(10_000) + "</a>".repeat(10_000);
    assertThat(Content.ofAnswer(deep, Set.of(Kind.XML)).kind()).isEqualTo(Kind.OTHER);
    String wide = "<r>" + "<a/>".repeat(30_000) + "</r>";
    assertThat(Content.ofAnswer(wide, Set.of(Kind.XML)).kind()).isEqualTo(Kind.OTHER);
  }

  @Test
  void answersMayBeFormsWhereTheGatewaySendsSome() {
    assertThat(texts(Content.ofAnswer("a=1&b[c]=x%20y", Set.of(Kind.FORM)), "$.b.c"))
        .containsExactly("x y");
    assertThat(Content.ofAnswer("not = a form", Set.of(Kind.FORM)).kind()).isEqualTo(Kind.OTHER);
    assertThat(Content.ofAnswer("a=1").kind()).isEqualTo(Kind.OTHER);
  }

  @Test
  void statusAndPathArePlacesToo() {
    Message answer = Message.answer(429, Fields.none(), Content.ofAnswer(""));
    assertThat(Place.of("status").text(answer)).contains("429");
    Message request = Message.request("/v1/charges/ch_1/capture?x=1", Fields.none(), "");
    assertThat(Place.of("path /v1/charges/{id}/capture").text(request)).contains("ch_1");
    assertThat(Place.of("path /v1/charges/{id}/*").text(request)).contains("ch_1");
    assertThat(Place.of("path /v1/{_}/{id}/*").text(request)).contains("ch_1");
    assertThat(Place.of("path /v1/refunds/{id}/capture").text(request)).isEmpty();
    assertThat(Place.of("status").text(request)).isEmpty();
  }

  @Test
  void takesTimeLinearInTheBodyAndStopsAtTooMany() {
    String body = "{\"e\":[" + "{\"code\":\"x\"},".repeat(200_000) + "{}]}";
    Content content = Content.ofAnswer(body);
    List<String> texts = assertTimeout(Duration.ofSeconds(5), () -> texts(content, "$..code"));
    assertThat(texts).hasSizeBetween(Place.MAX_TEXTS, Place.MAX_TEXTS + 1);
  }

  private static List<String> texts(Content content, String place) {
    return Place.of(place).texts(Message.answer(200, Fields.none(), content));
  }
}
