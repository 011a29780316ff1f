package io.tollwatch.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
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

  /// Against a map that keeps the order by itself, with few hashes, so that each is put, renewed,
  /// moved and removed often: the ring has gaps, is full, turns and grows.
  @Property(tries = 300)
  void isAsAMapThatKeepsTheOrder(
      @ForAll @IntRange(min = 1, max = 200) int max,
      @ForAll @Size(min = 1, max = 3_000) List<@IntRange(max = 899) Integer> steps) {
    LatestByHash<Integer> tried = new LatestByHash<>(max);
    SequencedMap<Long, Integer> expected = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      long hash = steps.get(i) / 3;
      Optional<Integer> forgotten = Optional.empty();
      switch (steps.get(i) % 3) {
        case 0 -> {
          forgotten = tried.put(hash, i);
          expected.put(hash, i);
        }
        case 1 -> {
          forgotten = tried.putLast(hash, i);
          expected.remove(hash);
          expected.putLast(hash, i);
        }
        default -> {
          tried.remove(hash);
          expected.remove(hash);
        }
      }
      assertThat(forgotten)
          .isEqualTo(
              expected.size() > max
                  ? Optional.of(expected.pollFirstEntry().getValue())
                  : Optional.empty());
      assertThat(tried.find(hash)).isEqualTo(Optional.ofNullable(expected.get(hash)));
    }
    for (long hash = 0; hash < 300; hash++) {
      assertThat(tried.find(hash)).isEqualTo(Optional.ofNullable(expected.get(hash)));
    }
  }
}
