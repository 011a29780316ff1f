package io.tollwatch.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.taxonomy.Category;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EdgeCodesTest {

  /// The layers that a break can lie in, by the first two digits.
  private static final Set<Integer> LAYERS = Set.of(11, 12, 13, 14, 15, 16, 17, 18);

  @ParameterizedTest
  @EnumSource
  void everyBreakHasATypeAFlagAndALayer(Breakage breakage) {
    EdgeCodes codes = EdgeCodes.of(breakage);
    assertThat(codes.errorType().orElseThrow()).matches("[a-zA-Z_.]+");
    assertThat(codes.flag()).matches("[A-Z]{2,3}(,[A-Z]{2})?");
    assertThat(LAYERS).contains(codes.number() / 100);
  }

  @Test
  void everyBreakAndEveryTroubleHasANumberOfItsOwn() {
    Set<Integer> numbers = new HashSet<>();
    for (Breakage breakage : Breakage.values()) {
      assertThat(numbers.add(EdgeCodes.of(breakage).number())).as(breakage.word()).isTrue();
    }
    Set<Category> well = EnumSet.of(Category.SUCCEEDED, Category.PENDING);
    for (Category category : EnumSet.complementOf(EnumSet.copyOf(well))) {
      assertThat(numbers.add(EdgeCodes.of(category, 200).number())).as(category.word()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatDidNotEndWellHasAnErrorType(Category category) {
    EdgeCodes codes = EdgeCodes.of(category, 402);
    assertThat(codes.errorType().isEmpty()).isEqualTo(category.endsWell());
    assertThat(codes.flag()).isEqualTo("-");
  }

  @ParameterizedTest
  @CsvSource({
    "PROVIDER_ERROR, 503, 503, 2002",
    "PROVIDER_ERROR, 200, provider_error, 2002",
    "ANSWER_LOST, 200, unexpected_content, 1704",
    "ANSWER_LOST, 408, 408, 1704",
    "UNKNOWN, 302, _OTHER, 9000",
    "NOT_SENT, 999, _OTHER, 2001",
    "RATE_LIMITED, 429, rate_limited, 2004",
  })
  void namesTheTrouble(Category category, int status, String type, int number) {
    assertThat(EdgeCodes.of(category, status).errorType()).contains(type);
    assertThat(EdgeCodes.of(category, status).number()).isEqualTo(number);
  }
}
