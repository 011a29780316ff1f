package io.tollwatch.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.checks.script.CheckReader;
import io.tollwatch.checks.script.CheckReading;
import io.tollwatch.checks.script.SecretLookup;
import io.tollwatch.checks.script.ShippedChecks;
import io.tollwatch.proxy.config.CheckEntries;
import io.tollwatch.proxy.config.Configuration;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The shipped checks are there for each profile of a gateway, and right as they stand, with the
/// built-in providers: only secrets are missing.
class ShippedChecksFitTest {

  private static String key = "";

  @BeforeAll
  static void makeKey() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
    key = Base64.getEncoder().encodeToString(pkcs8);
  }

  static List<String> names() {
    return ShippedChecks.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isRightWithTheBuiltInProviders(String name) {
    CheckReading reading =
        new CheckReader(
                CheckEntries.of(Configuration.builtIn()), _ -> new SecretLookup.Answer.Found(key))
            .read(ShippedChecks.text(name).orElseThrow(), Path.of(name + ".yaml"));
    assertThat(reading).isInstanceOf(CheckReading.Valid.class);
  }
}
