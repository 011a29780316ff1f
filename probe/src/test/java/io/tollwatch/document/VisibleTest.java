package io.tollwatch.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTest {

  @Test
  void whatIsSeenStaysAsItIs() {
    String text = "\u00e9\u20ac \ud83d\udcb8 \u6c34\tand\nso on";

    assertThat(Visible.of(text)).isSameAs(text);
    assertThat(Visible.line(text)).isEqualTo("\u00e9\u20ac \ud83d\udcb8 \u6c34 and\\nso on");
  }

  @Test
  void whatIsHiddenIsShownWhereverItStands() {
    assertThat(Visible.of("a\u001b[31m")).isEqualTo("a\\u001b[31m");
    assertThat(Visible.of("\ud83d\udcb8\u202e")).isEqualTo("\ud83d\udcb8\\u202e");
    assertThat(Visible.of("x\udb40\udc01")).as("a tag beyond 16 bits").isEqualTo("x\\udb40\\udc01");
    assertThat(Visible.of("\ud83d")).as("half a character").isEqualTo("\\ud83d");
    assertThat(Visible.of("\u007f\u0085\u2028")).isEqualTo("\\u007f\\u0085\\u2028");
    for (String alone : new String[] {"\u0000", "\u001f", "\u007f", "\u0085", "\u00ad", "\u2028"}) {
      assertThat(Visible.line("a" + alone)).startsWith("a\\u");
    }
  }
}
