package io.tollwatch.proxy.demo;

import io.tollwatch.document.SizeText;
import io.tollwatch.fixtures.gateway.FakeAdyen;
import io.tollwatch.fixtures.gateway.FakeAlipay;
import io.tollwatch.fixtures.gateway.FakeStripe;
import io.tollwatch.ledger.DataAccess;
import io.tollwatch.profile.Profiles;
import io.tollwatch.proxy.config.AdminConfig;
import io.tollwatch.proxy.config.BreakerConfig;
import io.tollwatch.proxy.config.ChecksConfig;
import io.tollwatch.proxy.config.Configuration;
import io.tollwatch.proxy.config.EgressConfig;
import io.tollwatch.proxy.config.LedgerConfig;
import io.tollwatch.proxy.config.LimitConfig;
import io.tollwatch.proxy.config.LogConfig;
import io.tollwatch.proxy.config.ProviderConfig;
import io.tollwatch.proxy.config.ReconcileConfig;
import io.tollwatch.proxy.config.RedactionConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The fake gateways of the demonstration, on loopback. Thread-safe.
record DemoGateways(FakeStripe stripe, FakeAdyen adyen, FakeAlipay alipay)
    implements AutoCloseable {

  /// A port where nobody listens: reserved by IANA, never served.
  private static final URI CLOSED = URI.create("http://127.0.0.1:1");

  private static final Duration PATIENCE = Duration.ofMillis(1500);

  static DemoGateways start() {
    return new DemoGateways(FakeStripe.start(), FakeAdyen.start(), FakeAlipay.start());
  }

  /// A sidecar in front of them, on any free ports.
  Configuration configuration(Path data) {
    SortedMap<String, ProviderConfig> providers = new TreeMap<>();
    add(providers, "stripe", "stripe", stripe.url());
    add(providers, "stripe-eu", "stripe", CLOSED.toString());
    add(providers, "adyen", "adyen", adyen.url());
    add(providers, "alipay", "alipay", alipay.url());
    return new Configuration(
            data,
            DataAccess.OWNER_ONLY,
            EgressConfig.defaults(),
            AdminConfig.defaults(),
            Duration.ofSeconds(5),
            new SizeText(64 << 10),
            LogConfig.defaults(),
            LedgerConfig.defaults(),
            RedactionConfig.defaults(),
            ReconcileConfig.defaults(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            BreakerConfig.defaults(),
            LimitConfig.defaults(),
            Profiles.shipped(),
            providers,
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            ChecksConfig.defaults())
        .withEgressPort(0)
        .withAdminPort(0);
  }

  /// What they really took, in all currencies: the only honest witnesses.
  long chargesBooked() {
    return stripe.book().charges().size()
        + (long) adyen.book().charges().size()
        + alipay.book().charges().size();
  }

  /// How many requests reached them.
  long requestsSeen() {
    return stripe.book().requests().size()
        + (long) adyen.book().requests().size()
        + alipay.book().requests().size();
  }

  /// Whether one of them took the payment with that reference.
  boolean took(String reference) {
    return !stripe.book().charges(reference).isEmpty()
        || !adyen.book().charges(reference).isEmpty()
        || !alipay.book().charges(reference).isEmpty();
  }

  @Override
  public void close() {
    stripe.close();
    adyen.close();
    alipay.close();
  }

  private static void add(
      SortedMap<String, ProviderConfig> providers, String name, String profile, String url) {
    ProviderConfig usual = ProviderConfig.of(name, profile, URI.create(url));
    providers.put(name, impatient(usual));
  }

  /// Real libraries wait up to 80 seconds; a demonstration must not.
  private static ProviderConfig impatient(ProviderConfig usual) {
    return new ProviderConfig(
        usual.name(),
        usual.profile(),
        usual.url(),
        usual.note(),
        usual.connectTimeout(),
        usual.tlsTimeout(),
        PATIENCE,
        usual.totalTimeout(),
        usual.poolTimeout(),
        usual.poolSize(),
        usual.keepAlive(),
        usual.trust(),
        usual.clientCertificate(),
        usual.upstreamProxy(),
        usual.headers(),
        usual.requireClientToken(),
        usual.onClientGone(),
        usual.duplicates(),
        usual.breaker(),
        usual.limits(),
        usual.listen(),
        usual.reconcile(),
        usual.maintenance(),
        usual.webhookSecret());
  }
}
