package io.tollwatch.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.profile.Profiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltInProvidersTest {

  /// Those that are not named as their company.
  private static final Map<String, String> PROFILES = Map.of("checkout", "checkout-com");

  @TempDir Path folder;

  @Test
  void knowTheGatewaysWithoutAnyFile() {
    Configuration configuration = Configuration.builtIn();
    assertThat(configuration.providers())
        .containsOnlyKeys(
            "adyen-test",
            "alipay",
            "alipay-test",
            "authorize-net",
            "authorize-net-test",
            "braintree",
            "braintree-test",
            "checkout",
            "checkout-test",
            "cybersource",
            "cybersource-test",
            "gocardless",
            "gocardless-test",
            "mollie",
            "mollie-test",
            "paypal",
            "paypal-test",
            "razorpay",
            "razorpay-test",
            "square",
            "square-test",
            "stripe",
            "stripe-test",
            "wechatpay");
    assertThat(configuration.providers().values())
        .allMatch(provider -> provider.url().getScheme().equals("https"))
        .allMatch(provider ->
            provider.profile().equals(PROFILES.getOrDefault(company(provider), company(provider))))
        .allMatch(provider -> Profiles.shipped().names().contains(provider.profile()));
  }

  private static String company(ProviderConfig provider) {
    return provider.name().replace("-test", "");
  }

  @Test
  void sayWhatAnAddressOfTheMerchantsOwnNeeds() {
    assertThat(Configuration.builtIn().incomplete())
        .hasEntrySatisfying("adyen", note -> assertThat(note).contains("providers.adyen.url"));
  }

  @Test
  void areReplacedKeyByKey() {
    Configuration configuration =
        new ReadingFixture(folder)
            .valid(
                """
                providers:
                  stripe: {response-timeout: 85s}
                  alipay: {url: "http://127.0.0.1:1"}
                  adyen: {url: "https://x-checkout-live.adyenpayments.com/checkout"}
                  acme: {url: "https://acme.example"}
                """);
    ProviderConfig stripe = configuration.provider("stripe").orElseThrow();
    assertThat(stripe.url()).hasToString("https://api.stripe.com");
    assertThat(stripe.responseTimeout()).isEqualTo(Duration.ofSeconds(85));
    ProviderConfig alipay = configuration.provider("alipay").orElseThrow();
    assertThat(alipay.url()).hasToString("http://127.0.0.1:1");
    assertThat(alipay.profile()).isEqualTo("alipay");
    ProviderConfig adyen = configuration.provider("adyen").orElseThrow();
    assertThat(adyen.profile()).isEqualTo("adyen");
    assertThat(adyen.note()).isEmpty();
    assertThat(configuration.incomplete()).isEmpty();
    assertThat(configuration.provider("acme").orElseThrow().profile()).isEqualTo("generic");
    assertThat(configuration.told()).containsExactlyInAnyOrder("stripe", "alipay", "adyen", "acme");
    assertThat(Configuration.builtIn().told()).isEmpty();
  }

  @Test
  void stayWithPortsAndFolderFromTheCommandLine() {
    Configuration moved =
        Configuration.builtIn().withData(Path.of("d")).withEgressPort(0).withAdminPort(1);
    assertThat(moved.data()).isEqualTo(Path.of("d"));
    assertThat(moved.egress().port()).isZero();
    assertThat(moved.admin().port()).isOne();
    assertThat(moved.providers()).isEqualTo(Configuration.builtIn().providers());
  }
}
