package io.tollwatch.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangeTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.128/25, 10.0.0.127, false",
    "10.0.0.128/25, 10.0.0.129, true",
    "0.0.0.0/0, 200.1.2.3, true",
    "0.0.0.0/0, ::1, false",
    "127.0.0.1/32, 127.0.0.1, true",
    "127.0.0.1/32, 127.0.0.2, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false"
  })
  void containsTheAddressesThatShareItsPrefix(String range, String address, boolean expected) {
    assertThat(AddressRange.parse(range))
        .get()
        .returns(expected, parsed -> parsed.contains(InetAddress.ofLiteral(address)));
  }
}
