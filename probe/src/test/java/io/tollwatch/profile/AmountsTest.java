package io.tollwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {

  private static final Amounts MAJOR = new Amounts(false, Optional.of("CNY"));

  @ParameterizedTest
  @CsvSource({"88.88,CNY,8888", "0.1,USD,10", "500,JPY,500", "1.234,KWD,1234", "-1,usd,-100"})
  void majorUnitsBecomeMinorOnesByTheCurrency(String text, String currency, long minor) {
    assertThat(MAJOR.minor(text, Optional.of(currency))).hasValue(minor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.001", "x", "", "1e999999999", "1e-999999999", "NaN", "99999999999999999999"})
  void whatIsNoAmountIsAbsent(String text) {
    assertThat(MAJOR.minor(text, Optional.empty())).isEmpty();
  }

  @Test
  void minorUnitsAreTakenAsTheyAre() {
    Amounts minor = new Amounts(true, Optional.empty());
    assertThat(minor.minor("2000", Optional.empty())).isEqualTo(OptionalLong.of(2000));
    assertThat(minor.minor("20.5", Optional.empty())).isEmpty();
  }

  @Test
  void anUnknownCurrencyLeavesMajorUnitsUnknown() {
    assertThat(MAJOR.minor("1", Optional.of("???"))).isEmpty();
    assertThat(new Amounts(false, Optional.empty()).minor("1", Optional.empty())).isEmpty();
  }
}
