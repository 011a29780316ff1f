package io.tollwatch.proxy.config;

import io.tollwatch.document.Problems;
import io.tollwatch.document.Shown;
import io.tollwatch.routing.Channel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/// The rules between channels and providers: each provider is there, serves one channel, has
/// credentials of its own and speaks the same API as the others. A rule is passed over where a
/// setting that it looks at is already known to be wrong. Confined to one reading.
final class ChannelChecks {

  private static final JsonPointer CHANNELS = JsonPointer.compile("/channels");
  private static final JsonPointer JOIN_KEY = JsonPointer.compile("/redaction/join-key");
  private static final JsonPointer PROVIDERS = JsonPointer.compile("/providers");

  private final Problems problems;
  private final Configuration configuration;
  private final Map<String, JsonPointer> servedBy = new HashMap<>();

  ChannelChecks(Problems problems, Configuration configuration) {
    this.problems = problems;
    this.configuration = configuration;
  }

  void run() {
    configuration.channels().values().forEach(this::channel);
  }

  private void channel(Channel channel) {
    name(channel.name());
    sharing(channel);
    for (int i = 0; i < channel.providers().size(); i++) {
      JsonPointer place =
          CHANNELS.appendProperty(channel.name()).appendProperty("providers").appendIndex(i);
      if (!problems.touch(place)) {
        member(channel, channel.providers().get(i), place);
      }
    }
  }

  private void name(String name) {
    JsonPointer place = CHANNELS.appendProperty(name);
    if (CrossChecks.RESERVED_NAMES.contains(name)) {
      problems.atKey(
          place,
          Shown.path(place) + " has a name that Tollwatch uses itself",
          "choose another name");
    } else if (configuration.provider(name).isPresent()
        || configuration.incomplete().containsKey(name)) {
      problems.atKey(
          place,
          Shown.path(place) + " has the name of a provider",
          "choose another name: the first part of the path must say which of the two is meant");
    }
  }

  /// Sidecars know each other's payments by fingerprints, made under one key.
  private void sharing(Channel channel) {
    JsonPointer place = CHANNELS.appendProperty(channel.name()).appendProperty("shared");
    if (channel.sharing().claims()
        && configuration.redaction().joinKey().isEmpty()
        && !problems.touch(JOIN_KEY)
        && !problems.touch(place)) {
      problems.atValue(
          place,
          Shown.path(place) + " is true, but each sidecar has a key of its own",
          "set redaction.join-key to the same secret at all sidecars: by it they know each other's"
              + " payments");
    }
  }

  private void member(Channel channel, String name, JsonPointer place) {
    Optional<ProviderConfig> provider = configuration.provider(name);
    if (provider.isEmpty()) {
      problems.atValue(
          place,
          Shown.path(place) + " names no provider that can be called",
          Shown.nearest(name, configuration.providers().keySet())
              .map(nearest -> "did you mean " + nearest + "?")
              .orElse("name one of providers"));
      return;
    }
    JsonPointer elsewhere = servedBy.putIfAbsent(name, place);
    if (elsewhere != null) {
      problems.atValue(
          place,
          "%s and %s name the same provider".formatted(Shown.path(elsewhere), Shown.path(place)),
          "let each provider serve one channel, once; give it a second entry in providers");
    }
    if (!problems.touch(PROVIDERS.appendProperty(name))) {
      credentials(provider.get(), place);
      profile(channel, provider.get(), place);
    }
  }

  private void credentials(ProviderConfig provider, JsonPointer place) {
    if (provider.headers().isEmpty() && provider.clientCertificate().isEmpty()) {
      problems.atValue(
          place,
          Shown.path(place) + " names a provider without credentials of its own",
          "set headers or client-certificate of providers."
              + provider.name()
              + ": a caller's credential goes to no provider of a channel");
    }
  }

  private void profile(Channel channel, ProviderConfig provider, JsonPointer place) {
    configuration
        .provider(channel.first())
        .map(ProviderConfig::profile)
        .filter(first -> !first.equals(provider.profile()))
        .ifPresent(first ->
            problems.atValue(
                place,
                "%s has the profile %s, but the channel's first provider has %s"
                    .formatted(Shown.path(place), provider.profile(), first),
                "a channel's providers must speak the same API"));
  }
}
