package io.tollwatch.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatestByHashTest {

  private final LatestByHash<String> latest = new LatestByHash<>(3);

  @Test
  void forgetsTheOldest() {
    latest.put(1, "a");
    latest.put(2, "b");
    assertThat(latest.put(0, "c")).isEmpty(); // zero is a hash as any

    assertThat(latest.put(-4, "d")).hasValue("a");

    assertThat(latest.find(1)).isEmpty();
    assertThat(latest.find(2)).hasValue("b");
    assertThat(latest.find(0)).hasValue("c");
    assertThat(latest.find(-4)).hasValue("d");
  }

  @Test
  void whatIsPutAgainStaysAsOldAsItWas() {
    latest.put(1, "a");
    latest.put(2, "b");
    latest.put(3, "c");

    assertThat(latest.put(1, "a2")).isEmpty();
    assertThat(latest.find(1)).hasValue("a2");
    assertThat(latest.put(4, "d")).hasValue("a2");
  }

  @Test
  void whatIsPutLastIsTheLatest() {
    latest.put(1, "a");
    latest.put(2, "b");
    latest.put(3, "c");

    assertThat(latest.putLast(1, "a2")).isEmpty();
    assertThat(latest.putLast(4, "d")).hasValue("b");
    assertThat(latest.find(1)).hasValue("a2");
  }

  @Test
  void whatIsRemovedMakesRoom() {
    latest.put(1, "a");
    latest.put(2, "b");
    latest.put(3, "c");
    latest.remove(2);
    latest.remove(5);

    assertThat(latest.put(4, "d")).isEmpty();
    assertThat(latest.find(2)).isEmpty();
    assertThat(latest.put(5, "e")).hasValue("a");
  }

  @Test
  void keepsManyApart() {
    LatestByHash<Integer> many = new LatestByHash<>(10_000);
    for (int i = 0; i < 50_000; i++) {
      many.putLast(TextHash.of("text " + i), i);
    }

    for (int i = 0; i < 40_000; i++) {
      assertThat(many.find(TextHash.of("text " + i))).isEmpty();
    }
    for (int i = 40_000; i < 50_000; i++) {
      assertThat(many.find(TextHash.of("text " + i))).hasValue(i);
    }
  }
}
