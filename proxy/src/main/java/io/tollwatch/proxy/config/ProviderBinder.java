package io.tollwatch.proxy.config;

import io.tollwatch.calendar.WindowReader;
import io.tollwatch.document.Section;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads one entry of `providers`, with the built-in settings of the same name already under it.
/// Confined to one reading.
final class ProviderBinder {

  private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Set<String> OWN_FIELDS =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final References references;
  private final ProfileNames profiles;
  private final boolean tokenConfigured;
  private final ReconcileConfig reconcile;
  private final BreakerConfig breakers;
  private final LimitConfig limits;

  /// @param reconcile what counts where a provider says nothing else
  /// @param breakers as well
  /// @param limits as well
  ProviderBinder(
      References references,
      ProfileNames profiles,
      boolean tokenConfigured,
      ReconcileConfig reconcile,
      BreakerConfig breakers,
      LimitConfig limits) {
    this.references = references;
    this.profiles = profiles;
    this.tokenConfigured = tokenConfigured;
    this.reconcile = reconcile;
    this.breakers = breakers;
    this.limits = limits;
  }

  ProviderConfig bind(String name, Section section, URI url) {
    ProviderConfig defaults = ProviderConfig.of(name, profiles.of(name, section), url);
    return new ProviderConfig(
        name,
        defaults.profile(),
        url,
        section.text("note"),
        section.duration("connect-timeout", defaults.connectTimeout()),
        section.duration("tls-timeout", defaults.tlsTimeout()),
        section.duration("response-timeout", defaults.responseTimeout()),
        section.duration("total-timeout", defaults.totalTimeout()),
        section.duration("pool-timeout", defaults.poolTimeout()),
        section.integer("pool-size", defaults.poolSize()),
        section.duration("keep-alive", defaults.keepAlive()),
        references.trust(section, "trust"),
        references.clientCertificate(section, "client-certificate"),
        UrlText.proxy(section, "upstream-proxy"),
        headers(section),
        section.flag("require-client-token", tokenConfigured),
        section.choice("on-client-gone", OnClientGone.class, defaults.onClientGone()),
        section.choice("duplicates", Duplicates.class, defaults.duplicates()),
        section.optional("breaker").map(own -> BreakerConfig.bind(own, breakers)),
        section.optional("limits").map(own -> LimitConfig.bind(own, limits)),
        section.optional("listen").map(this::listener),
        section.optional("reconcile").map(this::reconcile),
        WindowReader.read(section),
        references.secret(section, "webhook-secret"));
  }

  private ReconcileConfig reconcile(Section section) {
    return ReconcileConfig.bind(section, reconcile, headers(section));
  }

  private List<SecretHeader> headers(Section section) {
    Section headers = section.section("headers");
    List<SecretHeader> fields = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : headers.keys()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!FIELD_NAME.matcher(name).matches()) {
        headers.wrongKey(
            name, " is not the name of a header field", "write one such as Authorization");
      } else if (OWN_FIELDS.contains(lower) || lower.startsWith("tollwatch-")) {
        headers.wrongKey(name, " can't be set, Tollwatch sets it itself", "remove it");
      } else if (!seen.add(lower)) {
        headers.wrongKey(name, " is set twice", "keep one of the two");
      }
      references
          .secret(headers, name)
          .map(secret -> new SecretHeader(name, prefix(headers, name), secret))
          .ifPresent(fields::add);
    }
    return fields;
  }

  private static String prefix(Section headers, String name) {
    return headers.section(name).text("prefix").orElse("");
  }

  private ProviderListener listener(Section section) {
    ProviderListener defaults = ProviderListener.onPort(0);
    boolean tls = section.flag("tls", defaults.tls());
    if (!tls && section.has("require-client-certificate")) {
      section.wrong("require-client-certificate", " needs TLS", "set tls: true beside it");
    }
    return new ProviderListener(
        ListenerBinder.address(section),
        section.integer("port", defaults.port()),
        tls,
        ListenerBinder.hosts(section),
        ListenerBinder.allowFrom(section),
        references.trust(section, "require-client-certificate"));
  }
}
