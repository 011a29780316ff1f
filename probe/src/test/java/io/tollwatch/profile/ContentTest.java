package io.tollwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollwatch.attempt.Fields;
import io.tollwatch.profile.Content.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  @Test
  void tellsWhatATextIsByItsLook() {
    assertThat(Content.ofAnswer("").kind()).isEqualTo(Kind.EMPTY);
    assertThat(Content.ofAnswer(" \n").kind()).isEqualTo(Kind.EMPTY);
    assertThat(Content.ofAnswer("\uFEFF{\"a\":1}").kind()).isEqualTo(Kind.JSON);
    assertThat(Content.ofAnswer("<!DOCTYPE html><html>").kind()).isEqualTo(Kind.MARKUP);
    assertThat(Content.ofAnswer("Bad Gateway").kind()).isEqualTo(Kind.OTHER);
    assertThat(Content.ofAnswer("[1]").kind()).isEqualTo(Kind.OTHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "{\"a\":1} {\"a\":2}", "{a:1}", "{\"a\":NaN}"})
  void brokenJsonSaysNothing(String text) {
    assertThat(Content.ofAnswer(text).kind()).isEqualTo(Kind.OTHER);
    assertThat(text(Content.ofAnswer(text), "$.status")).isEmpty();
  }

  @Test
  void aPropertyThatComesTwiceIsReadOnlyIfBothAgree() {
    assertThat(Content.ofAnswer("{\"status\":\"failed\",\"status\":\"succeeded\"}").kind())
        .isEqualTo(Kind.AMBIGUOUS);
    assertThat(Content.ofAnswer("{\"a\":{\"b\":1,\"b\":2}}").kind()).isEqualTo(Kind.AMBIGUOUS);
    assertThat(text(Content.ofAnswer("{\"a\":\"x\",\"a\":\"x\"}"), "$.a")).isEqualTo("x");
  }

  @Test
  void nestingBombsAndHugeNumbersSayNothing() {
    String bomb = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
    assertThat(Content.ofAnswer(bomb).kind()).isEqualTo(Kind.OTHER);
    String number = "{\"amount\":" + "9".repeat(100_000) + "}";
    assertThat(Content.ofAnswer(number).kind()).isEqualTo(Kind.OTHER);
    assertThat(Content.ofAnswer("{\"amount\":1e999999999}").kind()).isIn(Kind.JSON, Kind.OTHER);
  }

  @Test
  void readsTextNumbersAndBooleansButNoObjects() {
    Content content =
        Content.ofAnswer("{\"s\":\"x\",\"n\":12,\"b\":true,\"o\":{\"p\":null},\"e\":\"\"}");
    assertThat(text(content, "$.s")).isEqualTo("x");
    assertThat(text(content, "$.n")).isEqualTo("12");
    assertThat(text(content, "$.b")).isEqualTo("true");
    assertThat(text(content, "$.o")).isEmpty();
    assertThat(text(content, "$.o.p")).isEmpty();
    assertThat(text(content, "$.e")).isEmpty();
    assertThat(text(content, "$.S")).isEmpty();
    assertThat(Place.of("$.o").present(Message.answer(200, Fields.none(), content))).isTrue();
    assertThat(Place.of("$.o.p").present(Message.answer(200, Fields.none(), content))).isFalse();
  }

  @Test
  void anEndingMeansTheOnlyPropertyThatEndsLikeThat() {
    assertThat(
            text(
                Content.ofAnswer("{\"a_response\":{\"code\":\"1\"},\"sign\":\"\"}"),
                "$.*_response.code"))
        .isEqualTo("1");
    assertThat(
            text(
                Content.ofAnswer(
                    "{\"a_response\":{\"code\":\"1\"},\"b_response\":{\"code\":\"2\"}}"),
                "$.*_response.code"))
        .isEmpty();
  }

  @Test
  void formKeysNestAndMayHoldJson() {
    Content content =
        Content.ofRequest(
            "/x?charset=utf-8",
            FORM,
            "metadata[order_id]=A+1&expand[]=a&biz_content=%7B%22out_trade_no%22%3A%22T1%22%7D&bad=%zz");
    assertThat(text(content, "$.metadata.order_id")).isEqualTo("A 1");
    assertThat(text(content, "$.biz_content.out_trade_no")).isEqualTo("T1");
    assertThat(text(content, "$.charset")).isEqualTo("utf-8");
    assertThat(text(content, "$.bad")).isEqualTo("%zz");
  }

  @Test
  void formKeysThatContradictEachOtherDoNoHarm() {
    Content content = Content.ofRequest("/x", FORM, "a=1&a[b]=2&c[d]=3&c=4&[=5&]=6&=7&a=8&[][]=9");
    assertThat(text(content, "$.a")).isEqualTo("1");
    assertThat(text(content, "$.c.d")).isEqualTo("3");
    String deep = "a" + "[b]".repeat(10_000) + "=1";
    assertThat(Content.ofRequest("/x", FORM, deep).kind()).isEqualTo(Kind.FORM);
  }

  @Test
  void refusesWhatIsNoPlace() {
    for (String text :
        new String[] {
          "",
          "$",
          "$.",
          "$..a..b",
          "$..*a",
          "$.a[0]",
          "path /a",
          "path /{a}/{b}",
          "$.a.",
          "a.b",
          "header "
        }) {
      assertThatThrownBy(() -> Place.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String text(Content content, String place) {
    return Place.of(place).text(Fields.none(), content).orElse("");
  }
}
